import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from common import tasks
from common.hurry import hurry
from common.mail import MailAttachment
from common.models import OutgoingAttachment, OutgoingMail, reference


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    language: str,
    at: datetime,
    attachments: Sequence[MailAttachment] = (),
    about: Model | None = None,
    reply_to: str = "",
    is_written_by_person: bool = False,
) -> OutgoingMail:
    """We owe somebody a letter.

    1. Write it down under its key; if that key is there already, the letter was queued before.
    2. Give it the Message-ID that it keeps through every try.
    3. Once all that is saved, hurry a worker.
    """
    with transaction.atomic():
        mail, is_new = OutgoingMail.objects.get_or_create(
            key=key,
            defaults={
                "message_id": f"<{uuid.uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
                "to": to,
                "reply_to": reply_to,
                "subject": " ".join(subject.split()),
                "text": text,
                "language": language,
                "is_written_by_person": is_written_by_person,
                "queued_at": at,
                "due_at": at,
                **reference(about),
            },
        )
        if not is_new:
            return mail
        OutgoingAttachment.objects.bulk_create(
            OutgoingAttachment(
                mail=mail, name=file.name, content_type=file.content_type, content=file.content
            )
            for file in attachments
        )
        hurry(tasks.send_mail, mail_id=mail.pk)
    return mail
