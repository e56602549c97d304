from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.refusals import TooLateToUndo
from inquiries.states import UNDO_WITHIN
from inquiries.versions import save_version


def undo_take_over(*, inquiry: Inquiry, by: User, at: datetime) -> Inquiry:
    """A colleague took the wrong inquiry over and gives it back at once.

    1. Lock the inquiry. Taking it over must be the last thing that happened to it, by this person,
       a minute ago at most.
    2. Whoever answered for it before does so again; write a version.

    Raises TooLateToUndo.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        last, before = _last_two_versions(inquiry)
        is_own = last and last.history_change_reason == "taken_over" and last.history_user == by
        if not is_own or before is None or at - last.history_date > UNDO_WITHIN:
            raise TooLateToUndo
        inquiry.responsible_id = before.responsible_id
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="take_over_undone", by=by, at=at)
    return inquiry


def _last_two_versions(inquiry: Inquiry) -> list[Any]:
    versions = list(inquiry.history.order_by("-history_id")[:2])
    return [*versions, None, None][:2]
