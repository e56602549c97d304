"""The one door by which a letter leaves: what goes to the client, and nothing that is between us."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.actions import queue_mail
from common.mail import MailAttachment
from common.models import StoredFile
from inquiries.models import WRITTEN_BY_PEOPLE, Channel, Letter, LetterDirection
from inquiries.threads import new_token, reply_address, tagged_subject, thread_hash


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def hand_over(letter: Letter, *, at: datetime, text: str = "") -> Letter:
    """Put the letter in the outbox, in the caller's transaction; one on paper among those to post.

    A letter on paper has not left with this: somebody prints and posts it (`mark_letter_posted`).

    `text` is what the mail says where it differs from what the thread keeps: a link that opens
    without a password stands in the mail alone.

    A letter to the client carries a new token by which the reply finds its thread. One to a unit or
    to another body carries none, so that nothing of theirs can come into the client's thread.
    """
    if letter.channel == Channel.POST:
        letter.to_post_since = at
        letter.save()
        return letter
    letter.left_at = at
    letter.leaves_at = letter.leaves_at or at
    subject, reply_to = letter.subject, settings.AGENCY["email"]
    if letter.direction == LetterDirection.OUT:
        token = new_token()
        letter.thread_hash = thread_hash(token)
        subject = tagged_subject(subject, number=letter.inquiry.number, token=token)
        reply_to = reply_address(token)
    letter.mail = queue_mail(
        key=f"letter-{letter.pk}",
        to=letter.recipient_address,
        subject=subject,
        text=text or letter.text,
        language=letter.language,
        at=at,
        attachments=attachments_of(letter.files.order_by("pk")),
        about=letter.inquiry,
        reply_to=reply_to,
        is_written_by_person=letter.kind in WRITTEN_BY_PEOPLE,
    )
    letter.message_id = letter.mail.message_id
    letter.save()
    return letter


def attachments_of(files: Iterable[StoredFile]) -> list[MailAttachment]:
    attachments = []
    for file in files:
        with file.file.open("rb") as opened:
            attachments.append(MailAttachment(file.original_name, file.content_type, opened.read()))
    return attachments
