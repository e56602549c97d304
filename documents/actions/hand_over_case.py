from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.states import MoveNotAllowed
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase
from documents.states import OPEN_CASES


def hand_over_case(
    *, case: AccessCase, version: int, to: User, reason: str = "", by: User, at: datetime
) -> AccessCase:
    """A colleague becomes responsible for an open case.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(case)
        if case.state not in OPEN_CASES:
            raise MoveNotAllowed(state=case.get_state_display())
        case.claim_version(version, mine={"responsible": to})
        case.responsible = to
        case.save(update_fields=["responsible"])
        note_event(case=case, what="handed_over", by=by, at=at, reason=reason, to=to.pk)
    return case
