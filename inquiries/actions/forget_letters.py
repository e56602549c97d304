from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from common.actions import remove_stored_files
from common.mail_states import IncomingState
from common.models import IncomingMail
from inquiries.models import Letter, WebLetter

UNCONFIRMED_KEPT = timedelta(days=7)
RECEIPT_KEPT = timedelta(days=30)
AT_ONCE = 500


def forget_letters(*, at: datetime) -> int:
    """What was written or mailed to us and has served its time goes, with what lies on the disk.

    1. Letters of the public page that nobody confirmed, and old receipts.
    2. The bytes of mails that were filed, noted or put away long ago. Their letters stay, and so does
       a mail that is the only copy of something: of files which did not pass the gate, or of what an
       app above made something else of than a letter.

    Returns how many rows went.
    """
    return _forget_web_letters(at) + _forget_mails(at)


def _forget_web_letters(at: datetime) -> int:
    old = WebLetter.objects.unconfirmed().filter(written_at__lt=at - UNCONFIRMED_KEPT)
    gone = 0
    for letter in list(old.order_by("written_at")[:AT_ONCE]):
        with transaction.atomic():
            files = list(letter.files.all())
            letter.delete()
            remove_stored_files(files=files)
        gone += 1
    receipts = WebLetter.objects.filter(confirmed_at__lt=at - RECEIPT_KEPT)
    return gone + receipts.delete()[0]


def _forget_mails(at: datetime) -> int:
    before = at - timedelta(days=settings.MAIL_KEPT_DAYS)
    is_letter = Q(about_type=Letter._meta.label_lower)
    rows = IncomingMail.objects.filter(settled_at__lt=before).exclude(
        ~Q(refused_files=[]) | ~is_letter, state=IncomingState.FILED
    )
    mails = list(rows.select_related("raw").order_by("settled_at")[:AT_ONCE])
    with transaction.atomic():
        IncomingMail.objects.filter(pk__in=[mail.pk for mail in mails]).delete()
        remove_stored_files(files=[mail.raw for mail in mails])
    return len(mails)
