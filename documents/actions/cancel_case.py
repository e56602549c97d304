from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase
from documents.states import CASE_MOVES, PAPER_MOVES, CaseState, PaperState


def cancel_case(
    *, case: AccessCase, version: int, reason: str, by: User, at: datetime
) -> AccessCase:
    """The client no longer wants access, or the case was a mistake.

    1. Cancel every paper that is not cancelled yet; numbers stay taken and files stay kept.
    2. Close the case with the reason.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(case)
        case.claim_version(version, mine={"close_reason": reason})
        case.state = CASE_MOVES.target("cancel", CaseState(case.state))
        case.closed_at, case.close_reason = at, reason
        case.save(update_fields=["state", "closed_at", "close_reason"])
        for paper in case.papers.active().select_for_update(of=("self",)):
            paper.state = PAPER_MOVES.target("cancel", PaperState(paper.state))
            paper.cancelled_at, paper.cancel_reason = at, reason
            paper.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        note_event(case=case, what="case_cancelled", by=by, at=at, reason=reason)
    return case
