from datetime import datetime

from common import tasks
from common.gateways import smtp
from common.models import OutgoingMail

AT_ONCE = 200


def send_due_mail(*, at: datetime) -> int:
    """Sweep: letters that are owed but that no worker was told of, or that one dropped.

    1. Without a mail server nothing is hurried.
    2. Tell the workers of each letter that is due, the longest waiting first. Returns how many.
    """
    if not smtp.is_configured():
        return 0
    due = list(
        OutgoingMail.objects.due(at).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]
    )
    for mail_id in due:
        tasks.send_mail.delay(mail_id=mail_id)
    return len(due)
