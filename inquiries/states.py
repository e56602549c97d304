"""How a contact can end, where that leaves the inquiry, and who moves it on from there."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class InquiryState(TextChoices):
    CALLBACK = "callback", _("Callback promised")
    WITH_UNIT = "with_unit", _("With a unit")
    ACCESS_PAPERS = "access_papers", _("Access papers under way")
    WITH_TIER2 = "with_tier2", _("With tier II")
    REFERRED_OUT = "referred_out", _("Referred to another body")
    REOPENED = "reopened", _("Reopened")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Outcome(TextChoices):
    SOLVED = "solved", _("Solved")
    REFERRED_OUT = "referred_out", _("Referred to another body")
    CALLBACK = "callback", _("Callback promised")
    WITH_UNIT = "with_unit", _("Forwarded to a unit")
    ACCESS_PAPERS = "access_papers", _("Access papers")
    TICKET = "ticket", _("Ticket to tier II")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    SILENT = "silent", _("Silent call")
    ABUSIVE = "abusive", _("Abusive call")


@dataclass(frozen=True)
class OutcomeRule:
    """What an outcome does to the inquiry and what it asks for."""

    state: InquiryState
    moved_on_by: str  # in words, for docs/states.md
    needs: tuple[str, ...] = ()  # fields that must be there, beside channel, language, outcome
    move: str = ""  # how an open inquiry gets this outcome later; none: only at the contact
    is_offered: bool = True  # its stage has landed


_ANSWERED = ("topic", "source")
_PASSED_ON = ("topic", "question")

OUTCOMES: dict[Outcome, OutcomeRule] = {
    Outcome.SOLVED: OutcomeRule(
        InquiryState.SOLVED,
        "the system closes it after the quiet days (QUIET_DAYS), or the agent does",
        _ANSWERED,
        move="solve",
    ),
    Outcome.REFERRED_OUT: OutcomeRule(
        InquiryState.REFERRED_OUT,
        "the system closes it after the quiet days (QUIET_DAYS), or the agent does",
        ("topic", "referral_body"),
        move="refer_out",
    ),
    Outcome.CALLBACK: OutcomeRule(
        InquiryState.CALLBACK,
        "whoever calls back: answered → solved, not reached three times → letter or closed",
        (*_PASSED_ON, "callback_due_at", "callback_number"),
        move="promise_callback",
    ),
    Outcome.WITH_UNIT: OutcomeRule(
        InquiryState.WITH_UNIT,
        "the responsible agent, when the unit has answered and the client knows",
        (*_PASSED_ON, "owner_unit"),
        move="forward_to_unit",
    ),
    Outcome.ACCESS_PAPERS: OutcomeRule(
        InquiryState.ACCESS_PAPERS,
        "the access case, when it is done",
        ("topic", "client"),
        move="start_papers",
    ),
    Outcome.TICKET: OutcomeRule(
        InquiryState.WITH_TIER2,
        "the ticket, when the client knows the solution (stage 4)",
        _PASSED_ON,
        is_offered=False,
    ),
    Outcome.WRONG_NUMBER: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
    Outcome.SILENT: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
    Outcome.ABUSIVE: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
}

# What an inquiry in a state has to hold is what this outcome asks for; other states ask for nothing.
WAY_OF_STATE: dict[InquiryState, Outcome] = {
    rule.state: outcome for outcome, rule in OUTCOMES.items() if rule.move
}
AT_ONCE = frozenset({Outcome.WRONG_NUMBER, Outcome.SILENT, Outcome.ABUSIVE})
OPEN_STATES = frozenset(
    {
        InquiryState.CALLBACK,
        InquiryState.WITH_UNIT,
        InquiryState.ACCESS_PAPERS,
        InquiryState.WITH_TIER2,
        InquiryState.REOPENED,
    }
)


def offered_outcomes() -> list[tuple[str, str]]:
    """Outcomes that a form may offer, as choices."""
    return [
        (outcome.value, str(outcome.label)) for outcome in Outcome if OUTCOMES[outcome].is_offered
    ]


MOVES = Moves(
    {
        "solve": Move(
            (
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.ACCESS_PAPERS,
                InquiryState.REOPENED,
            ),
            InquiryState.SOLVED,
            moved_by="agent or access case",
        ),
        "refer_out": Move(
            (InquiryState.CALLBACK, InquiryState.WITH_UNIT, InquiryState.REOPENED),
            InquiryState.REFERRED_OUT,
            moved_by="agent",
        ),
        "promise_callback": Move(
            (InquiryState.WITH_UNIT, InquiryState.ACCESS_PAPERS, InquiryState.REOPENED),
            InquiryState.CALLBACK,
            moved_by="agent",
        ),
        "forward_to_unit": Move(
            (InquiryState.CALLBACK, InquiryState.WITH_UNIT, InquiryState.REOPENED),
            InquiryState.WITH_UNIT,
            moved_by="agent",
        ),
        "start_papers": Move(
            (InquiryState.CALLBACK, InquiryState.WITH_UNIT, InquiryState.REOPENED),
            InquiryState.ACCESS_PAPERS,
            moved_by="agent",
        ),
        "close": Move(
            (
                InquiryState.SOLVED,
                InquiryState.REFERRED_OUT,
                InquiryState.CALLBACK,
                InquiryState.ACCESS_PAPERS,
                InquiryState.REOPENED,
            ),
            InquiryState.CLOSED,
            moved_by="agent, or the system after the quiet days",
        ),
        "reopen": Move(
            (InquiryState.SOLVED, InquiryState.REFERRED_OUT, InquiryState.CLOSED),
            InquiryState.REOPENED,
            moved_by="agent",
        ),
    }
)

DIAGRAMS = {"Inquiry": MOVES}


def tables() -> str:
    """Outcome → state → who moves it on, as Markdown."""
    rows = [
        f"| {outcome.value} | {rule.state.value} | {rule.moved_on_by} "
        f"| {'yes' if rule.is_offered else 'when its stage has landed'} |"
        for outcome, rule in OUTCOMES.items()
    ]
    head = [
        "### Outcome of a contact",
        "",
        "| outcome | state | who moves it on | offered |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])
