from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of

from common.personal_codes import find_personal_codes, without_personal_codes
from tickets.completeness.facts import code_of_lack
from tickets.completeness.found import found_in_texts
from tickets.completeness.texts import (
    gives_a_reason,
    names_the_matter,
    tells_what_happened,
    tells_what_was_tried,
)

NORMAL = "normal"  # an urgency that needs no reason


@dataclass(frozen=True)
class Need:
    """A fact that the group needs with this topic."""

    fact: str
    is_required: bool = True


@dataclass(frozen=True)
class TicketText:
    """What has been typed of a ticket."""

    summary: str = ""
    description: str = ""
    steps_tried: str = ""
    facts: Mapping[str, str] = field_of(default_factory=dict)
    may_contact: str = ""
    group: str = ""
    urgency: str = NORMAL
    urgency_reason: str = ""

    def texts(self) -> dict[str, str]:
        """Everything that was typed freely, by field."""
        return {
            "summary": self.summary,
            "description": self.description,
            "steps_tried": self.steps_tried,
            "urgency_reason": self.urgency_reason,
            **self.facts,
        }


@dataclass(frozen=True)
class Lack:
    """One thing without which tier II cannot work: at which field, and why."""

    field: str
    code: (
        str  # missing, vague, nothing_tried, personal_code, no_reason, or of a fact (`facts.RULES`)
    )
    # What of it may be shown: a personal code without its last digits.
    shown: str = field_of(default="", compare=False)


def with_found_facts(ticket: TicketText, needs: Sequence[Need]) -> TicketText:
    """The ticket with the needed facts that stand in its texts already put into their fields."""
    said = (ticket.summary, ticket.description, ticket.steps_tried)
    needed = {need.fact for need in needs}
    found = found_in_texts(said, ticket.facts).items()
    return replace(ticket, facts={**ticket.facts, **{k: v for k, v in found if k in needed}})


def what_is_lacking(ticket: TicketText, needs: Sequence[Need]) -> list[Lack]:
    """Name what is lacking, in the order of the form; empty: it may be raised.

    Duty 3.1.7: correct, understandable, with sufficient known data; and no personal code in free text.
    """
    return [
        *([] if ticket.group else [Lack("group", "missing")]),
        *_text("summary", ticket.summary, names_the_matter, "vague"),
        *_text("description", ticket.description, tells_what_happened, "vague"),
        *_text("steps_tried", ticket.steps_tried, tells_what_was_tried, "nothing_tried"),
        *(lack for need in needs for lack in _fact(need, ticket)),
        *([] if ticket.may_contact else [Lack("may_contact", "missing")]),
        *_urgency(ticket),
        *(
            Lack(name, "personal_code", ", ".join(map(without_personal_codes, codes)))
            for name, text in ticket.texts().items()
            if (codes := find_personal_codes(text))
        ),
    ]


def _urgency(ticket: TicketText) -> list[Lack]:
    """Whoever says that it is urgent says why."""
    if ticket.urgency == NORMAL:
        return []
    return _text("urgency_reason", ticket.urgency_reason, gives_a_reason, "no_reason")


def _text(name: str, text: str, says: Callable[[str], bool], code: str) -> list[Lack]:
    if not text.strip():
        return [Lack(name, "missing")]
    return [] if says(text) else [Lack(name, code)]


def _fact(need: Need, ticket: TicketText) -> list[Lack]:
    text = ticket.facts.get(need.fact, "")
    if not need.is_required:  # whatever is known is good
        return []
    elsewhere = "\n".join((ticket.summary, ticket.description, ticket.steps_tried))
    code = code_of_lack(need.fact, text, elsewhere)
    return [Lack(need.fact, code)] if code else []
