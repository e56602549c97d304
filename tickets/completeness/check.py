from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of

from common.personal_codes import find_personal_codes, without_personal_codes
from tickets.completeness.found import found_in_texts
from tickets.completeness.words import (
    BROWSERS,
    NOTHING_TRIED,
    NOWHERE,
    STOP,
    TIMES,
    is_placeholder,
    plain,
    telling_words,
)

FEWEST_IN_DESCRIPTION = 3  # telling words: who wanted what, and what came of it
NORMAL = "normal"  # an urgency that needs no reason
FEWEST_IN_STATEMENT = 4  # words: "there is no permit yet", where a number is asked for


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
    code: str  # missing, vague, nothing_tried, personal_code, no_time, no_figure
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
        *_said("summary", ticket.summary, 1),
        *_said("description", ticket.description, FEWEST_IN_DESCRIPTION),
        *_steps(ticket.steps_tried),
        *(lack for need in needs for lack in _fact(need, ticket.facts.get(need.fact, ""))),
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
    if ticket.urgency == NORMAL or not is_placeholder(ticket.urgency_reason):
        return []
    return [Lack("urgency_reason", "missing")]


def _said(name: str, text: str, fewest: int) -> list[Lack]:
    if is_placeholder(text):
        return [Lack(name, "missing")]
    return [] if len(set(telling_words(text))) >= fewest else [Lack(name, "vague")]


def _steps(text: str) -> list[Lack]:
    if not text.strip():
        return [Lack("steps_tried", "missing")]
    says_nothing = (
        is_placeholder(text)
        or bool(NOTHING_TRIED.match(plain(text)))
        or not telling_words(text, beside=frozenset())
    )
    return [Lack("steps_tried", "nothing_tried")] if says_nothing else []


def _fact(need: Need, text: str) -> list[Lack]:
    if not need.is_required and not text.strip():
        return []
    if is_placeholder(text):
        return [Lack(need.fact, "missing")] if need.is_required else []
    code, is_said = RULES.get(need.fact, ("vague", bool))
    return [] if is_said(text) else [Lack(need.fact, code)]


def _is_numbered(text: str) -> bool:
    """A number stands there, or it is said that there is none yet."""
    return any(sign.isdigit() for sign in text) or len(plain(text).split()) >= FEWEST_IN_STATEMENT


def _is_somewhere(text: str) -> bool:
    return any(word not in NOWHERE and word not in STOP for word in plain(text).split())


RULES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "system": ("vague", lambda text: bool(telling_words(text, beside=frozenset()))),
    "screen": ("vague", lambda text: bool(telling_words(text)) or ">" in text),
    "happened": ("no_time", lambda text: bool(TIMES.search(text))),
    "browser": ("vague", lambda text: bool(BROWSERS.search(text))),
    "user_role": ("vague", lambda text: bool(telling_words(text))),
    "permit_number": ("no_figure", _is_numbered),
    "place": ("vague", _is_somewhere),
}
