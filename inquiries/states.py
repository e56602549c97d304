"""How a contact can end, where that leaves the inquiry, and who moves it on from there."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class InquiryState(TextChoices):
    RECEIVED = "received", _("Received")
    IN_WORK = "in_work", _("In work")
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
    UNANSWERED = "unanswered", _("Left unanswered")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    SILENT = "silent", _("Silent call")
    ABUSIVE = "abusive", _("Abusive call")
    REPEAT = "repeat", _("Repeat call")


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
        "whoever calls back: answered → solved, or closed and gone on in the new contact; three tries in vain → a letter or another number",
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
        "the ticket, when the client knows the solution",
        _PASSED_ON,
        move="raise_ticket",
    ),
    Outcome.UNANSWERED: OutcomeRule(
        InquiryState.CLOSED, "nobody: a letter on a ground that the law names", is_offered=False
    ),
    Outcome.WRONG_NUMBER: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
    Outcome.SILENT: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
    Outcome.ABUSIVE: OutcomeRule(InquiryState.CLOSED, "nobody: closed at once"),
    Outcome.REPEAT: OutcomeRule(
        InquiryState.CLOSED,
        "nobody: closed at once; the inquiry that it repeats goes on as it was",
    ),
}

# What an inquiry in a state has to hold is what this outcome asks for; other states ask for nothing.
WAY_OF_STATE: dict[InquiryState, Outcome] = {
    rule.state: outcome for outcome, rule in OUTCOMES.items() if rule.move
}
# How long a finish can be taken back: the page offers it for ten seconds, a slow network has the rest.
# What leaves the house because of a finish waits at least as long.
UNDO_WITHIN = timedelta(minutes=1)
# A contact without a matter of its own: nothing is asked, one key finishes it.
AT_ONCE = frozenset({Outcome.WRONG_NUMBER, Outcome.SILENT, Outcome.ABUSIVE, Outcome.REPEAT})
OPEN_STATES = frozenset(
    {
        InquiryState.RECEIVED,
        InquiryState.IN_WORK,
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
        "take": Move(
            (InquiryState.RECEIVED,),
            InquiryState.IN_WORK,
            moved_by="agent, or the coordinator who assigns it",
        ),
        "solve": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.ACCESS_PAPERS,
                InquiryState.WITH_TIER2,
                InquiryState.REOPENED,
            ),
            InquiryState.SOLVED,
            moved_by="agent, access case or ticket",
        ),
        "refer_out": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.WITH_TIER2,
                InquiryState.REOPENED,
            ),
            InquiryState.REFERRED_OUT,
            moved_by="agent",
        ),
        "promise_callback": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.WITH_UNIT,
                InquiryState.ACCESS_PAPERS,
                InquiryState.WITH_TIER2,
                InquiryState.REOPENED,
            ),
            InquiryState.CALLBACK,
            moved_by="agent",
        ),
        "forward_to_unit": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.WITH_TIER2,
                InquiryState.REOPENED,
            ),
            InquiryState.WITH_UNIT,
            moved_by="agent",
        ),
        "start_papers": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.REOPENED,
            ),
            InquiryState.ACCESS_PAPERS,
            moved_by="agent",
        ),
        "raise_ticket": Move(
            (
                InquiryState.IN_WORK,
                InquiryState.CALLBACK,
                InquiryState.WITH_UNIT,
                InquiryState.REOPENED,
            ),
            InquiryState.WITH_TIER2,
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
        "take_back_callback": Move(
            (InquiryState.SOLVED, InquiryState.CLOSED),
            InquiryState.CALLBACK,
            moved_by="agent who takes the finish of the call back",
        ),
        "reopen": Move(
            (InquiryState.SOLVED, InquiryState.REFERRED_OUT, InquiryState.CLOSED),
            InquiryState.REOPENED,
            moved_by="agent, or the client's reply",
        ),
        "return_from_unit": Move(
            (InquiryState.WITH_UNIT,),
            InquiryState.IN_WORK,
            moved_by="the unit's answer, or the agent who calls it back",
        ),
        "leave_unanswered": Move(
            (
                InquiryState.RECEIVED,
                InquiryState.IN_WORK,
                InquiryState.WITH_UNIT,
                InquiryState.REOPENED,
            ),
            InquiryState.CLOSED,
            moved_by="agent, or the coordinator where nobody has it yet",
        ),
    }
)


class PastImportState(TextChoices):
    SETTING_UP = "setting_up", _("Being set up")
    TRYING = "trying", _("Being tried")
    TRIED = "tried", _("Tried: nothing written yet")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


# What a worker owes.
PAST_WORK = (PastImportState.TRYING, PastImportState.RUNNING, PastImportState.UNDOING)

PAST_MOVES = Moves(
    {
        "set_up": Move(
            (PastImportState.SETTING_UP, PastImportState.TRIED, PastImportState.FAILED),
            PastImportState.SETTING_UP,
            "coordinator",
        ),
        "ask_trial": Move(
            (PastImportState.SETTING_UP, PastImportState.TRIED),
            PastImportState.TRYING,
            "coordinator",
        ),
        "finish_trial": Move((PastImportState.TRYING,), PastImportState.TRIED, "worker"),
        "ask_run": Move((PastImportState.TRIED,), PastImportState.RUNNING, "coordinator"),
        "finish_run": Move((PastImportState.RUNNING,), PastImportState.DONE, "worker"),
        "ask_undo": Move(
            (PastImportState.DONE, PastImportState.FAILED),
            PastImportState.UNDOING,
            "coordinator",
        ),
        "finish_undo": Move((PastImportState.UNDOING,), PastImportState.UNDONE, "worker"),
        "fail": Move(PAST_WORK, PastImportState.FAILED, "worker"),
        "resume_run": Move((PastImportState.FAILED,), PastImportState.RUNNING, "coordinator"),
    }
)

DIAGRAMS = {"Inquiry": MOVES, "Past import": PAST_MOVES}


def tables() -> str:
    """Outcome → state → who moves it on, as Markdown."""
    rows = [
        f"| {outcome.value} | {rule.state.value} | {rule.moved_on_by} "
        f"| {'yes' if rule.is_offered else 'no'} |"
        for outcome, rule in OUTCOMES.items()
    ]
    head = [
        "### Outcome of a contact",
        "",
        "| outcome | state | who moves it on | offered |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])
