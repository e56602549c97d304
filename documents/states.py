from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class PaperState(TextChoices):
    STARTED = "started", _("In preparation")
    DRAFT_REQUESTED = "draft_requested", _("Draft is being made")
    DRAFT_FAILED = "draft_failed", _("Draft could not be made")
    DRAFT_READY = "draft_ready", _("Draft is ready")
    AGENCY_SIGNED = "agency_signed", _("Signed by the agency")
    SENT = "sent", _("With the client")
    PARTLY_SIGNED = "partly_signed", _("Partly signed")
    FAULTY = "faulty", _("Returned with faults")
    RETURNED = "returned", _("Returned, to be confirmed")
    CHECKED = "checked", _("Checked, to be entered")
    ENTERED = "entered", _("Entered, notice on its way")
    DONE = "done", _("Done")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


class CaseState(TextChoices):
    """Follows from the papers; only advice and cancelling are decided about the case itself."""

    STARTED = "started", _("In preparation")
    DRAFTING = "drafting", _("Draft is being made")
    DRAFT_FAILED = "draft_failed", _("Draft could not be made")
    DRAFT_READY = "draft_ready", _("Draft is ready")
    AGENCY_SIGNED = "agency_signed", _("Signed by the agency")
    SENT = "sent", _("With the client")
    PARTLY_SIGNED = "partly_signed", _("Partly signed")
    FAULTY = "faulty", _("Returned with faults")
    RETURNED = "returned", _("Returned, to be confirmed")
    CHECKED = "checked", _("Checked, to be entered")
    ENTERED = "entered", _("Entered, notice on its way")
    EXPIRED = "expired", _("Expired")
    DONE = "done", _("Done")
    ADVISED = "advised", _("Closed with advice")
    CANCELLED = "cancelled", _("Cancelled")


class ReturnState(TextChoices):
    """Where a file that came back stands."""

    RECEIVED = "received", _("Being checked")
    FAULTY = "faulty", _("Faults found")
    GOOD = "good", _("Signed as it should be")
    REFUSED = "refused", _("Refused by a person")
    UNCHECKED = "unchecked", _("Could not be checked yet")


class TemplateState(TextChoices):
    DRAFT = "draft", _("Being written")
    APPROVED = "approved", _("Approved")


CLOSED_CASES = (CaseState.DONE, CaseState.ADVISED, CaseState.CANCELLED)
OPEN_CASES = tuple(state for state in CaseState if state not in CLOSED_CASES)

# Papers whose signing has begun and not ended: a file that comes back belongs to them.
OPEN_TO_RETURNS = (
    PaperState.DRAFT_READY,
    PaperState.AGENCY_SIGNED,
    PaperState.SENT,
    PaperState.PARTLY_SIGNED,
    PaperState.FAULTY,
    PaperState.RETURNED,
)
WITH_THE_CLIENT = (PaperState.SENT, PaperState.PARTLY_SIGNED, PaperState.FAULTY)
# What we ourselves must do next.
FOR_US = (
    PaperState.STARTED,
    PaperState.DRAFT_FAILED,
    PaperState.DRAFT_READY,
    PaperState.AGENCY_SIGNED,
    PaperState.RETURNED,
    PaperState.CHECKED,
    PaperState.ENTERED,
    PaperState.EXPIRED,
)
SETTLED = (PaperState.ENTERED, PaperState.DONE, PaperState.CANCELLED)
DRAFTED = (*OPEN_TO_RETURNS, PaperState.CHECKED, PaperState.EXPIRED)

PAPER_MOVES = Moves(
    {
        "request_draft": Move(
            (PaperState.STARTED, PaperState.DRAFT_FAILED), PaperState.DRAFT_REQUESTED, "specialist"
        ),
        "render_draft": Move((PaperState.DRAFT_REQUESTED,), PaperState.DRAFT_READY, "worker"),
        "fail_draft": Move((PaperState.DRAFT_REQUESTED,), PaperState.DRAFT_FAILED, "worker"),
        "sign_for_agency": Move(
            (PaperState.DRAFT_READY,), PaperState.AGENCY_SIGNED, "agency's signatory"
        ),
        "send": Move(
            (
                PaperState.DRAFT_READY,
                PaperState.AGENCY_SIGNED,
                PaperState.EXPIRED,
                PaperState.FAULTY,
                PaperState.SENT,
            ),
            PaperState.SENT,
            "specialist",
        ),
        "receive_part": Move(
            (*OPEN_TO_RETURNS, PaperState.EXPIRED), PaperState.PARTLY_SIGNED, "checker"
        ),
        "receive_fault": Move((PaperState.SENT, PaperState.FAULTY), PaperState.FAULTY, "checker"),
        "receive_whole": Move(
            (*OPEN_TO_RETURNS, PaperState.EXPIRED), PaperState.RETURNED, "checker"
        ),
        "refuse": Move(
            (PaperState.PARTLY_SIGNED, PaperState.RETURNED), PaperState.FAULTY, "specialist"
        ),
        "confirm": Move((PaperState.RETURNED,), PaperState.CHECKED, "specialist"),
        "enter": Move((PaperState.CHECKED,), PaperState.ENTERED, "specialist"),
        "tell": Move((PaperState.ENTERED,), PaperState.DONE, "mail server, or specialist"),
        "expire": Move(WITH_THE_CLIENT, PaperState.EXPIRED, "the thirtieth day"),
        "open_envelope": Move(
            (*OPEN_TO_RETURNS, PaperState.EXPIRED),
            PaperState.DRAFT_READY,
            "specialist, who redoes another paper of the envelope",
        ),
        "cancel": Move(
            (
                PaperState.STARTED,
                PaperState.DRAFT_REQUESTED,
                PaperState.DRAFT_FAILED,
                *DRAFTED,
            ),
            PaperState.CANCELLED,
            "specialist",
        ),
    }
)

# The paper that is furthest behind says where its case stands.
_FURTHEST_BEHIND = (
    (PaperState.DRAFT_FAILED, CaseState.DRAFT_FAILED),
    (PaperState.DRAFT_REQUESTED, CaseState.DRAFTING),
    (PaperState.STARTED, CaseState.STARTED),
    (PaperState.DRAFT_READY, CaseState.DRAFT_READY),
    (PaperState.AGENCY_SIGNED, CaseState.AGENCY_SIGNED),
    (PaperState.EXPIRED, CaseState.EXPIRED),
    (PaperState.FAULTY, CaseState.FAULTY),
    (PaperState.SENT, CaseState.SENT),
    (PaperState.PARTLY_SIGNED, CaseState.PARTLY_SIGNED),
    (PaperState.RETURNED, CaseState.RETURNED),
    (PaperState.CHECKED, CaseState.CHECKED),
    (PaperState.ENTERED, CaseState.ENTERED),
    (PaperState.DONE, CaseState.DONE),
)
_FOLLOWED = (
    ("make_anew", CaseState.STARTED),
    ("draft_papers", CaseState.DRAFTING),
    ("fail_draft", CaseState.DRAFT_FAILED),
    ("have_drafts", CaseState.DRAFT_READY),
    ("have_agency_signature", CaseState.AGENCY_SIGNED),
    ("expire", CaseState.EXPIRED),
    ("have_faults", CaseState.FAULTY),
    ("wait_for_client", CaseState.SENT),
    ("have_some_signatures", CaseState.PARTLY_SIGNED),
    ("have_all_signatures", CaseState.RETURNED),
    ("have_checked", CaseState.CHECKED),
    ("have_entered", CaseState.ENTERED),
    ("finish", CaseState.DONE),
)

CASE_MOVES = Moves(
    {
        "close_with_advice": Move((CaseState.STARTED,), CaseState.ADVISED, "specialist"),
        **{
            name: Move(
                tuple(state for state in OPEN_CASES if state != target), target, "its papers"
            )
            for name, target in _FOLLOWED
        },
        "cancel": Move(
            tuple(state for state in OPEN_CASES if state != CaseState.ENTERED),
            CaseState.CANCELLED,
            "specialist",
        ),
    }
)
RETURN_MOVES = Moves(
    {
        "judge_good": Move(
            (ReturnState.RECEIVED, ReturnState.UNCHECKED), ReturnState.GOOD, "checker"
        ),
        "judge_faulty": Move(
            (ReturnState.RECEIVED, ReturnState.UNCHECKED), ReturnState.FAULTY, "checker"
        ),
        "wait_for_list": Move(
            (ReturnState.RECEIVED, ReturnState.UNCHECKED), ReturnState.UNCHECKED, "checker"
        ),
        "judge_anew": Move(
            (ReturnState.FAULTY,), ReturnState.RECEIVED, "whoever brings the same file again"
        ),
        "refuse": Move((ReturnState.GOOD,), ReturnState.REFUSED, "specialist"),
    }
)
TEMPLATE_MOVES = Moves(
    {
        "approve": Move(
            (TemplateState.DRAFT,),
            TemplateState.APPROVED,
            "a second person who holds the competence",
        )
    }
)


def case_state_of(paper_states: Iterable[str]) -> CaseState:
    """Return where an open case stands, given the states of all its papers."""
    states = set(paper_states)
    for paper_state, case_state in _FURTHEST_BEHIND:
        if paper_state in states:
            return case_state
    return CaseState.STARTED


DIAGRAMS = {
    "Access case": CASE_MOVES,
    "Paper": PAPER_MOVES,
    "Returned file": RETURN_MOVES,
    "Paper template": TEMPLATE_MOVES,
}
