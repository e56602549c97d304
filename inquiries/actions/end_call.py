from datetime import datetime
from uuid import UUID

from accounts.actions import begin_after_call
from accounts.models import User
from inquiries.models import InquiryDraft
from inquiries.refusals import DraftGone


def end_call(*, key: UUID, by: User, at: datetime) -> datetime:
    """The call is over and the wrap-up begins.

    1. Note the moment, unless it was noted before.
    2. The agent, if ready until now, is writing down.

    Returns the moment that counts. Raises DraftGone.
    """
    drafts = InquiryDraft.objects.open().filter(key=key, owner=by)
    if drafts.filter(ended_at__isnull=True).update(ended_at=at):
        begin_after_call(user=by, at=at)
    draft = drafts.first()
    if draft is None or draft.ended_at is None:
        raise DraftGone
    return draft.ended_at
