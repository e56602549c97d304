"""The mail server, through Django's own SMTP back end."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from common.mail import MailAttachment


class MailServerUnavailable(Exception):
    """The server could not be reached or put us off; a later try may succeed."""


class MailRefused(Exception):
    """The server will never take this letter: trying again would only annoy it."""


@dataclass(frozen=True)
class Letter:
    message_id: str
    to: str
    reply_to: str
    subject: str
    text: str
    language: str
    is_written_by_person: bool
    attachments: Sequence[MailAttachment]


def is_configured() -> bool:
    return bool(settings.EMAIL_HOST)


def send(letter: Letter) -> None:
    """Hand the letter over. Raises MailServerUnavailable or MailRefused.

    A notice of ours says that a machine made it, so that no other machine answers it; what a person
    wrote says nothing of the kind (RFC 3834), else the reader's machine puts it away.
    """
    headers = {"Message-ID": letter.message_id, "Content-Language": letter.language}
    if not letter.is_written_by_person:
        headers["Auto-Submitted"] = "auto-generated"
    message = EmailMessage(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
        attachments=[(file.name, file.content, file.content_type) for file in letter.attachments],
        connection=get_connection(fail_silently=False),
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _refusal(max(codes), "recipient refused") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, type(error).__name__) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerUnavailable(type(error).__name__) from error


def _refusal(code: int, words: str) -> Exception:
    """A 5xx answer is final (RFC 5321, 4.2.1), but not one to our own log-in: that is ours to mend."""
    is_final = 500 <= code < 600 and words != "SMTPAuthenticationError"
    return (MailRefused if is_final else MailServerUnavailable)(f"{code} {words}")
