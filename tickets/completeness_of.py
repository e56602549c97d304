"""What is lacking of a ticket as it stands, in words: the rules of `tickets.completeness` with our data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.completeness import Lack, Need, TicketText, what_is_lacking, with_found_facts
from tickets.models import FactNeed, Ticket, TicketFact

FIELDS: dict[str, Promise] = {
    "group": _("Group"),
    "summary": _("In one line"),
    "description": _("What happened"),
    "steps_tried": _("What has been tried"),
    "may_contact": _("Contact with the client"),
    "urgency_reason": _("Why it is urgent"),
}
SENTENCES: dict[str, Promise] = {
    "missing": _("%(field)s is missing."),
    "vague": _("%(field)s does not say what the matter is: who wanted what, and what came of it?"),
    "nothing_tried": _("Say at least one thing that has been tried."),
    "personal_code": _(
        "%(field)s holds a personal code, %(shown)s. Take it out: the client is known by the card."
    ),
    "no_time": _("%(field)s: say when, at least the day."),
    "no_figure": _("%(field)s: give the number, or say that there is none yet."),
    "no_system": _("%(field)s: name it, for example KOTKAS."),
    "no_screen": _("%(field)s: say which page, form or button it was."),
    "no_words": _(
        "%(field)s: put the words of the message in quotation marks; if there was none, say what the screen shows."
    ),
    "no_browser": _("%(field)s: name it, for example Chrome, Edge or a telephone’s app."),
    "no_role": _("%(field)s: say as whom the user works there, for example as main user."),
    "no_place": _(
        "%(field)s: give a name, an address, a cadastral number, or the number of the object."
    ),
    "says_nothing": _("%(field)s: say what is known of it."),
    "no_reason": _("%(field)s: say what happens if it has to wait."),
}


@dataclass(frozen=True)
class Lacking:
    """One thing that is lacking, at its field, in the reader's language."""

    field: str
    code: str
    sentence: str


@dataclass(frozen=True)
class NeededFact:
    """A fact that the form asks for, and whether no ticket leaves without it."""

    fact: TicketFact
    is_required: bool


def facts_needed(group_id: int | None, topic_id: int | None) -> list[NeededFact]:
    """The facts that a group asks for with a topic, in the order of the form; what a topic says goes first."""
    if group_id is None:
        return []
    rows = FactNeed.objects.filter(Q(topic=None) | Q(topic=topic_id), group=group_id)
    found: dict[int, FactNeed] = {}
    for need in rows.select_related("fact").order_by("fact__position", "fact_id", "pk"):
        if need.fact_id not in found or need.topic_id is not None:
            found[need.fact_id] = need
    return [NeededFact(need.fact, need.is_required) for need in found.values()]


def text_of(ticket: Ticket) -> TicketText:
    return TicketText(
        summary=ticket.summary,
        description=ticket.description,
        steps_tried=ticket.steps_tried,
        facts=ticket.facts,
        may_contact=ticket.may_contact,
        group=str(ticket.group_id or ""),
        urgency=ticket.urgency,
        urgency_reason=ticket.urgency_reason,
    )


def what_ticket_lacks(ticket: Ticket) -> list[Lacking]:
    """Name what has to be added before tier II can work; empty: it may be raised."""
    needed = facts_needed(ticket.group_id, ticket.topic_id)
    needs = [Need(one.fact.code, one.is_required) for one in needed]
    names = {one.fact.code: one.fact.name for one in needed}
    return [in_words(lack, names) for lack in what_is_lacking(text_of(ticket), needs)]


@dataclass(frozen=True)
class Found:
    """A needed fact that stands in the texts already; one click puts it into its field."""

    fact: TicketFact
    text: str


def facts_found(ticket: Ticket) -> list[Found]:
    """Offer the needed facts that are typed already, only not into their fields."""
    needed = facts_needed(ticket.group_id, ticket.topic_id)
    filled = with_found_facts(text_of(ticket), [Need(one.fact.code) for one in needed]).facts
    return [
        Found(one.fact, filled[one.fact.code])
        for one in needed
        if filled.get(one.fact.code) and not ticket.facts.get(one.fact.code, "").strip()
    ]


def fill_found_facts(ticket: Ticket) -> None:
    """Put needed facts that stand in the texts into their fields; the caller saves `facts`."""
    needed = facts_needed(ticket.group_id, ticket.topic_id)
    needs = [Need(one.fact.code, one.is_required) for one in needed]
    ticket.facts = dict(with_found_facts(text_of(ticket), needs).facts)


def in_words(lack: Lack, names: Mapping[str, str]) -> Lacking:
    field = names.get(lack.field) or str(FIELDS.get(lack.field, lack.field))
    return Lacking(
        lack.field, lack.code, str(SENTENCES[lack.code]) % {"field": field, "shown": lack.shown}
    )
