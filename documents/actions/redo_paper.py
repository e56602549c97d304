from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.actions.note_event import note_event
from documents.models import Paper
from documents.states import PAPER_MOVES, PaperState


def redo_paper(*, paper: Paper, version: int, reason: str, by: User, at: datetime) -> Paper:
    """A draft turned out to be wrong: it is set aside and the same kind of paper is begun anew.

    1. Cancel the paper with the reason. Its number stands in its text, so it is never used again.
    2. Begin a new one in the same case; the choices made for the old one are its starting point.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        paper.case.claim_version(version)
        paper.state = PAPER_MOVES.target("cancel", PaperState(paper.state))
        paper.cancelled_at, paper.cancel_reason = at, reason
        paper.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        new = Paper.objects.create(
            case=paper.case,
            kind=paper.kind,
            created_at=at,
            delegation=paper.delegation,
            representation_check=paper.representation_check,
        )
        follow_papers(case=paper.case)
        note_event(
            case=paper.case,
            paper=paper,
            what="paper_cancelled",
            by=by,
            at=at,
            reason=reason,
            number=paper.number or "",
        )
    return new
