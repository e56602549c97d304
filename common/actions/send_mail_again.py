from datetime import datetime

from django.db import transaction

from common import tasks
from common.hurry import hurry
from common.mail_states import MOVES, MailState
from common.models import OutgoingMail


def send_mail_again(*, mail: OutgoingMail, at: datetime) -> OutgoingMail:
    """A letter that could not be sent shall be tried anew, after what was wrong has been mended.

    1. Lock it; it must have failed, or have come back.
    2. Queue it with all its tries before it, under its old Message-ID, and hurry a worker.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        mail.state = MOVES.target("send_again", MailState(mail.state))
        mail.attempts, mail.due_at, mail.sent_at = 0, at, None
        mail.save(update_fields=["state", "attempts", "due_at", "sent_at"])
        hurry(tasks.send_mail, mail_id=mail.pk)
    return mail
