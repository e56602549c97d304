from datetime import datetime
from uuid import UUID

from accounts.models import User
from inquiries.models import InquiryDraft
from inquiries.refusals import DraftGone


def end_call(*, key: UUID, by: User, at: datetime) -> datetime:
    """The call is over and the wrap-up begins.

    1. Note the moment, unless it was noted before.

    Returns the moment that counts. Raises DraftGone.
    """
    drafts = InquiryDraft.objects.filter(key=key, owner=by, discarded_at__isnull=True)
    drafts.filter(ended_at__isnull=True).update(ended_at=at)
    draft = drafts.first()
    if draft is None or draft.ended_at is None:
        raise DraftGone
    return draft.ended_at
