from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.actions.note_event import note_event
from documents.actions.open_envelope import open_envelope
from documents.models import Paper
from documents.states import PAPER_MOVES, PaperState


def cancel_paper(*, paper: Paper, version: int, reason: str, by: User, at: datetime) -> Paper:
    """One paper of a case is not wanted after all; the others go on.

    A paper that is still in preparation says nothing to anybody yet, so it needs no reason.
    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        paper.case.claim_version(version)
        set_aside(paper, reason, by, at)
        follow_papers(case=paper.case, at=at)
    return paper


def set_aside(paper: Paper, reason: str, by: User, at: datetime) -> None:
    """Cancel a paper and take apart the envelope it lies in, in the caller's transaction."""
    paper.state = PAPER_MOVES.target("cancel", PaperState(paper.state))
    paper.cancelled_at, paper.cancel_reason = at, reason
    paper.checked_at, paper.checked_by = None, None
    paper.save(update_fields=["state", "cancelled_at", "cancel_reason", "checked_at", "checked_by"])
    if paper.envelope is not None:
        paper.envelope.case = paper.case
        open_envelope(envelope=paper.envelope, without=paper, at=at)
    note_event(
        case=paper.case,
        paper=paper,
        what="paper_set_aside",
        by=by,
        at=at,
        reason=reason,
        number=paper.number or "",
    )
