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

    1. A key that has become an inquiry is not opened again.
    2. Make the draft with what is known at the start (a number, a client), from this moment on;
       opened once more, by a reload or a retry, it is the same draft with its first moment.

    Returns the draft and whether it is new. Raises AlreadyFinished, or DraftGone if the key is
    somebody else's.
    """
    with transaction.atomic():
        finished = Inquiry.objects.filter(key=key, agent=by).first()
        if finished is not None:
            raise AlreadyFinished(finished)
        draft, is_new = InquiryDraft.objects.get_or_create(
            key=key,
            defaults={
                "owner": by,
                "typed": {**AT_FIRST, **kept(typed or {})},
                "started_at": at,
                "updated_at": at,
            },
        )
        if draft.owner_id != by.pk:
            raise DraftGone
    return draft, is_new
