"""The tickets that a ticket is linked with, as far as a reader may see them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from tickets.choices import RelationKind
from tickets.models import Ticket, TicketRelation

# What the other one is to this ticket; of a relation, seen from either end.
WORDS: dict[str, Promise] = {
    "whole": pgettext_lazy("linked ticket", "part of"),
    "part": pgettext_lazy("linked ticket", "its part"),
    "into": _("merged into"),
    "merged": pgettext_lazy("linked ticket", "merged into this one"),
    "duplicate": _("duplicate of"),
    "duplicate_from": pgettext_lazy("linked ticket", "its duplicate"),
    "related": _("belongs with"),
    "related_from": _("belongs with"),
    "split": _("split from"),
    "split_from": pgettext_lazy("linked ticket", "split off from it"),
}
MERGED = frozenset({"into", "merged"})


@dataclass(frozen=True)
class LinkedTicket:
    """Another ticket, what it is to this one, and whether this reader may remove the link."""

    ticket: Ticket
    kind: str
    may_remove: bool

    @property
    def words(self) -> Promise:
        return WORDS[self.kind]

    @property
    def is_merged(self) -> bool:
        return self.kind in MERGED


def with_links(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Say of each whether it is linked at all, so that the page of one that is not asks no more."""
    here = OuterRef("pk")
    relations = TicketRelation.objects.filter(Q(ticket=here) | Q(other=here))
    hanging = Ticket.objects.filter(Q(parent=here) | Q(merged_into=here))
    return tickets.annotate(has_links=Exists(relations) | Exists(hanging))


def linked_tickets(ticket: Ticket, *, by: User) -> list[LinkedTicket]:
    """What this reader may see of them, in one query; a link is removed by whoever may change both."""
    there = OuterRef("pk")
    to = TicketRelation.objects.filter(ticket=ticket, other=there).values("kind")[:1]
    back = TicketRelation.objects.filter(ticket=there, other=ticket).values("kind")[:1]
    rows = Ticket.objects.visible_to(by).annotate(kind_to=Subquery(to), kind_back=Subquery(back))
    linked = rows.filter(pk__in=_ids(ticket))
    may_change = by.has_perm("tickets.change_ticket", ticket)
    return [
        LinkedTicket(
            one,
            kind,
            may_change and kind not in MERGED and by.has_perm("tickets.change_ticket", one),
        )
        for one in linked.order_by("pk")
        for kind in _kinds(ticket, one)
    ]


def _ids(ticket: Ticket) -> QuerySet:
    """Each way by its own index: one condition with all of them would read the whole table."""
    named = [pk for pk in (ticket.parent_id, ticket.merged_into_id) if pk]
    return (
        Ticket.objects.filter(pk__in=named)
        .values("pk")
        .union(
            Ticket.objects.filter(parent=ticket.pk).values("pk"),
            Ticket.objects.filter(merged_into=ticket.pk).values("pk"),
            TicketRelation.objects.filter(ticket=ticket).values("other"),
            TicketRelation.objects.filter(other=ticket).values("ticket"),
        )
    )


def _kinds(ticket: Ticket, other: Ticket) -> list[str]:
    found = [
        ("whole", ticket.parent_id == other.pk),
        ("part", other.parent_id == ticket.pk),
        ("into", ticket.merged_into_id == other.pk),
        ("merged", other.merged_into_id == ticket.pk),
    ]
    kinds = [kind for kind, is_so in found if is_so]
    to, back = getattr(other, "kind_to", None), getattr(other, "kind_back", None)
    if to in RelationKind.values:
        kinds.append(to)
    if back in RelationKind.values:
        kinds.append(f"{back}_from")
    return kinds
