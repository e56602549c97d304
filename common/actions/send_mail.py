from datetime import datetime, timedelta

from django.db import transaction

from common.gateways import smtp
from common.mail import MailAttachment
from common.mail_states import MOVES, MailState
from common.models import OutgoingMail

LEASE = timedelta(minutes=5)  # longer than any hand-over: SMTP_TIMEOUT_SECONDS times its few steps
MOST_ATTEMPTS = 12  # a minute, two, four … two hours apart: about nine hours in all
LONGEST_WAIT = timedelta(hours=2)


def send_mail(*, mail_id: int, at: datetime) -> bool:
    """A worker hands one owed letter to the mail server.

    1. Without a mail server it waits in the outbox, untouched.
    2. Claim the letter with a lease, so that no second worker takes it meanwhile.
    3. Hand it over, outside any transaction, under the Message-ID that it always had.
    4. Mark it sent; or put it off, longer each time; or give up and leave it visible as failed.

    A worker killed between 3 and 4 leaves a lease that runs out; the letter then goes once more
    with the same Message-ID. Returns whether it was sent now.
    """
    if not smtp.is_configured():
        return False
    mail = _claim(mail_id, at)
    if mail is None:
        return False
    try:
        smtp.send(_letter(mail))
    except smtp.MailRefused as error:
        _finish(mail, "give_up", last_error=str(error))
        return False
    except smtp.MailServerUnavailable as error:
        is_last = mail.attempts >= MOST_ATTEMPTS
        wait = min(timedelta(minutes=2 ** (mail.attempts - 1)), LONGEST_WAIT)
        _finish(mail, "give_up" if is_last else "put_off", last_error=str(error), due_at=at + wait)
        return False
    _finish(mail, "mark_sent", sent_at=at, last_error="")
    return True


def _claim(mail_id: int, at: datetime) -> OutgoingMail | None:
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(of=("self",)).due(at).filter(pk=mail_id).first()
        )
        if mail is None:
            return None
        mail.state = MOVES.target("claim", MailState(mail.state))
        mail.leased_until = at + LEASE
        mail.attempts += 1
        mail.save(update_fields=["state", "leased_until", "attempts"])
    return mail


def _finish(mail: OutgoingMail, move: str, **changes: object) -> None:
    """Write how it ended, unless our lease ran out and another worker holds the letter now."""
    OutgoingMail.objects.filter(
        pk=mail.pk, state=MailState.SENDING, leased_until=mail.leased_until
    ).update(state=MOVES.target(move, MailState.SENDING), leased_until=None, **changes)


def _letter(mail: OutgoingMail) -> smtp.Letter:
    return smtp.Letter(
        message_id=mail.message_id,
        to=mail.to,
        reply_to=mail.reply_to,
        subject=mail.subject,
        text=mail.text,
        language=mail.language,
        is_written_by_person=mail.is_written_by_person,
        attachments=[
            MailAttachment(file.name, file.content_type, bytes(file.content))
            for file in mail.attachments.order_by("pk")
        ],
    )
