from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from inquiries.typed import Typed, kept

AT_FIRST = {"channel": "phone", "language": "et"}


def open_draft(
    *, key: UUID, by: User, at: datetime, typed: Typed | None = None
) -> tuple[InquiryDraft, bool]:
    """An agent begins to write down a contact; the browser has made its key.

    1. Make the draft with what is known at the start (a number, a client), from this moment on;
       opened once more, by a reload or a retry, it is the same draft with its first moment.
    2. A key that has become an inquiry is not opened again. Looked at only now, since the finish
       may have been committed a moment ago by another process.

    Returns the draft and whether it is new. Raises AlreadyFinished, or DraftGone if the key is
    somebody else's.
    """
    with transaction.atomic():
        draft, is_new = InquiryDraft.objects.get_or_create(
            key=key,
            defaults={
                "owner": by,
                "typed": {**AT_FIRST, **kept(typed or {})},
                "started_at": at,
                "updated_at": at,
            },
        )
        is_over = is_new or draft.finished_at is not None
        finished = Inquiry.objects.filter(key=key).first() if is_over else None
        if draft.owner_id != by.pk or (finished and finished.agent_id != by.pk):
            raise DraftGone
        if finished:
            raise AlreadyFinished(finished)
    return draft, is_new
