from datetime import datetime

from django.db import transaction

from common.actions import publish_event
from inquiries.actions.reopen_inquiry import reopen_inquiry
from inquiries.models import Inquiry, Letter, LetterDirection
from inquiries.typed import as_text


def record_bounce(*, message_id: str, reason: str, at: datetime) -> Letter | None:
    """A mail server far away tells that a letter of ours did not arrive.

    1. Find the letter by the Message-ID under which it left; what is not ours is nobody's matter.
    2. Mark it, once.
    3. The client does not know the answer: a settled matter is opened again.

    Returns None if no letter of ours has this id.
    """
    ours = Letter.objects.exclude(direction=LetterDirection.IN).exclude(message_id="")
    letter = ours.filter(message_id=message_id.strip()).first()
    if letter is None or letter.bounced_at is not None:
        return letter
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=letter.inquiry_id)
        letter.bounced_at, letter.bounce_reason = at, as_text(reason)[:300]
        letter.save(update_fields=["bounced_at", "bounce_reason"])
        if letter.direction == LetterDirection.OUT and not inquiry.is_open:
            inquiry = reopen_inquiry(inquiry=inquiry, by=None, at=at)
        publish_event(kind="letter-bounced", about=inquiry, to_user=inquiry.responsible, at=at)
    return letter
