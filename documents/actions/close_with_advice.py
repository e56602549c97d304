from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.solve_inquiry_of_case import solve_inquiry_of_case
from documents.models import AccessCase
from documents.states import CASE_MOVES, CaseState


def close_with_advice(*, case: AccessCase, version: int, by: User, at: datetime) -> AccessCase:
    """The portal needs no paper: the caller was told what to do there, and the case is done.

    1. Close the case.
    2. The inquiry that waited for it is solved.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(case)
        case.claim_version(version)
        case.state = CASE_MOVES.target("close_with_advice", CaseState(case.state))
        case.closed_at = at
        case.save(update_fields=["state", "closed_at"])
        note_event(case=case, what="advice_given", by=by, at=at)
        solve_inquiry_of_case(case=case, by=by, at=at)
    return case
