from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class PaperState(TextChoices):
    STARTED = "started", _("In preparation")
    DRAFT_REQUESTED = "draft_requested", _("Draft is being made")
    DRAFT_FAILED = "draft_failed", _("Draft could not be made")
    DRAFT_READY = "draft_ready", _("Draft is ready")
    CANCELLED = "cancelled", _("Cancelled")


class CaseState(TextChoices):
    """Follows from the papers; only advice and cancelling are decided about the case itself."""

    STARTED = "started", _("In preparation")
    DRAFTING = "drafting", _("Draft is being made")
    DRAFT_FAILED = "draft_failed", _("Draft could not be made")
    DRAFT_READY = "draft_ready", _("Draft is ready")
    ADVISED = "advised", _("Closed with advice")
    CANCELLED = "cancelled", _("Cancelled")


class TemplateState(TextChoices):
    DRAFT = "draft", _("Being written")
    APPROVED = "approved", _("Approved")


OPEN_CASES = (
    CaseState.STARTED,
    CaseState.DRAFTING,
    CaseState.DRAFT_FAILED,
    CaseState.DRAFT_READY,
)

PAPER_MOVES = Moves(
    {
        "request_draft": Move(
            (PaperState.STARTED, PaperState.DRAFT_FAILED), PaperState.DRAFT_REQUESTED, "specialist"
        ),
        "render_draft": Move((PaperState.DRAFT_REQUESTED,), PaperState.DRAFT_READY, "worker"),
        "fail_draft": Move((PaperState.DRAFT_REQUESTED,), PaperState.DRAFT_FAILED, "worker"),
        "cancel": Move(
            (
                PaperState.STARTED,
                PaperState.DRAFT_REQUESTED,
                PaperState.DRAFT_FAILED,
                PaperState.DRAFT_READY,
            ),
            PaperState.CANCELLED,
            "specialist",
        ),
    }
)
CASE_MOVES = Moves(
    {
        "close_with_advice": Move((CaseState.STARTED,), CaseState.ADVISED, "specialist"),
        "draft_papers": Move(
            (CaseState.STARTED, CaseState.DRAFT_FAILED, CaseState.DRAFT_READY),
            CaseState.DRAFTING,
            "its papers",
        ),
        "have_drafts": Move((CaseState.DRAFTING,), CaseState.DRAFT_READY, "its papers"),
        "fail_draft": Move((CaseState.DRAFTING,), CaseState.DRAFT_FAILED, "its papers"),
        "make_anew": Move(
            (CaseState.DRAFTING, CaseState.DRAFT_FAILED, CaseState.DRAFT_READY),
            CaseState.STARTED,
            "its papers",
        ),
        "cancel": Move(OPEN_CASES, CaseState.CANCELLED, "specialist"),
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

# The paper that is furthest behind says where its case stands.
_FURTHEST_BEHIND = (
    (PaperState.DRAFT_FAILED, CaseState.DRAFT_FAILED),
    (PaperState.DRAFT_REQUESTED, CaseState.DRAFTING),
    (PaperState.STARTED, CaseState.STARTED),
    (PaperState.DRAFT_READY, CaseState.DRAFT_READY),
)


def case_state_of(paper_states: Iterable[str]) -> CaseState:
    """Return where an open case stands, given the states of all its papers."""
    states = set(paper_states)
    for paper_state, case_state in _FURTHEST_BEHIND:
        if paper_state in states:
            return case_state
    return CaseState.STARTED


DIAGRAMS = {"Access case": CASE_MOVES, "Paper": PAPER_MOVES, "Paper template": TEMPLATE_MOVES}
