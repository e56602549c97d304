"""Two tickets have to do with each other, and say so on their pages."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from tickets.actions.lock_ticket import lock_tickets
from tickets.actions.note_event import note_event
from tickets.choices import RelationKind
from tickets.models import Ticket, TicketRelation


class SameTicket(Refusal):
    """A ticket has nothing to do with itself."""

    code = "same_ticket"
    sentence = _("That is this ticket itself.")


class LinkedAlready(Refusal):
    """There is one relation between two tickets: another one would say something else of the same."""

    code = "linked_already"
    sentence = _("%(number)s is linked to this ticket already. Remove that link first.")


def relate_tickets(
    *,
    ticket: Ticket,
    other: Ticket,
    kind: RelationKind,
    version: int,
    by: User,
    at: datetime,
) -> TicketRelation:
    """Say that a ticket is a duplicate of another one, or that they belong together. Nothing else follows.

    Raises SameTicket, LinkedAlready, StaleSave.
    """
    if ticket.pk == other.pk:
        raise SameTicket
    with transaction.atomic():
        ticket, other = lock_tickets(ticket, other)
        ticket.claim_version(version)
        if _between(ticket, other).exists():
            raise LinkedAlready(number=other.number)
        relation = TicketRelation.objects.create(
            ticket=ticket, other=other, kind=kind, by=by, at=at
        )
        _note_both(ticket, other, "related", kind, by=by, at=at)
    return relation


def unrelate_tickets(
    *, ticket: Ticket, other: Ticket, version: int, by: User, at: datetime
) -> None:
    """The relation was a mistake; that there was one stays in the stories. Again changes nothing.

    Raises StaleSave.
    """
    with transaction.atomic():
        ticket, other = lock_tickets(ticket, other)
        ticket.claim_version(version)
        for relation in _between(ticket, other):
            relation.delete()
            _note_both(ticket, other, "unrelated", relation.kind, by=by, at=at)


def _between(ticket: Ticket, other: Ticket) -> QuerySet[TicketRelation]:
    return TicketRelation.objects.filter(
        Q(ticket=ticket, other=other) | Q(ticket=other, other=ticket)
    )


def _note_both(
    ticket: Ticket, other: Ticket, what: str, kind: str, *, by: User, at: datetime
) -> None:
    """A draft has no number yet, so only its own story names the other."""
    for one, another in ((ticket, other), (other, ticket)):
        note_event(ticket=one, what=what, by=by, at=at, number=another.number, kind=kind)
