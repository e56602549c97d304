from datetime import datetime

from common import actions as common_actions
from common.models import IncomingMail
from inquiries import tasks

AT_ONCE = 500


def read_mailbox(*, at: datetime) -> int:
    """Look what has come to the mailbox.

    1. Keep what has come, as it is.
    2. Tell a worker of each mail. Returns how many came.
    """
    kept = common_actions.read_mailbox(at=at)
    for mail_id in kept:
        tasks.file_mail.delay(mail_id=mail_id)
    return len(kept)


def file_waiting_mail(*, at: datetime) -> int:
    """Sweep: mails that are kept and that no worker has filed, the longest waiting first."""
    waiting = IncomingMail.objects.waiting(at).order_by("due_at").values_list("pk", flat=True)
    mail_ids = list(waiting[:AT_ONCE])
    for mail_id in mail_ids:
        tasks.file_mail.delay(mail_id=mail_id)
    return len(mail_ids)
