"""Mails of our mailbox, and what of them did not go into a thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from common.gateways import imap
from common.mail_states import IncomingState
from common.models import IncomingMail, Mailbox
from common.queries import mailbox_in_use
from inquiries.models import Letter, LetterDirection
from inquiries.refused_files import why_refused


@dataclass(frozen=True)
class RefusedFile:
    """A file that did not pass the upload gate; it lies in the mail that we keep."""

    name: str
    size: int
    why: str
    mail_id: int
    number: int  # its place among the mail's files


@dataclass(frozen=True)
class MailboxLine:
    """How the mailbox stands."""

    is_configured: bool
    mailbox: Mailbox | None
    is_silent: bool
    counts: dict[str, int]


def mailbox_line(at: datetime) -> MailboxLine:
    counts = dict(
        IncomingMail.objects.filter(state__in=[IncomingState.RECEIVED, IncomingState.SET_ASIDE])
        .values_list("state")
        .annotate(Count("pk"))
    )
    return MailboxLine(
        is_configured=imap.is_configured(),
        mailbox=mailbox_in_use().first(),
        is_silent=mailbox_in_use().silent(at).exists(),
        counts=counts,
    )


def refused_files(letters: Iterable[Letter]) -> dict[int, list[RefusedFile]]:
    """The files that came with each letter and did not pass the gate, by the letter's id."""
    ids = [str(letter.pk) for letter in letters if letter.direction == LetterDirection.IN]
    if not ids:
        return {}
    mails = IncomingMail.objects.filter(
        about_type=Letter._meta.label_lower, about_id__in=ids
    ).exclude(refused_files=[])
    return {int(mail.about_id): refused_files_of(mail) for mail in mails}


def refused_files_of(mail: IncomingMail) -> list[RefusedFile]:
    return [
        RefusedFile(
            name=str(file["name"]),
            size=int(file["size"]),
            why=str(why_refused(str(file["code"]))),
            mail_id=mail.pk,
            number=int(file["number"]),
        )
        for file in mail.refused_files
    ]
