from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.mail_states import INCOMING_MOVES, IncomingState
from common.models import IncomingMail


def dismiss_mail(*, mail: IncomingMail, by: User, at: datetime) -> IncomingMail:
    """A mail that was set aside is not for us; nothing becomes of it.

    1. Lock it; it must stand aside.
    2. Write who decided so. Its bytes stay until their time is over.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        mail = IncomingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        mail.state = INCOMING_MOVES.target("dismiss", IncomingState(mail.state))
        mail.settled_at, mail.settled_by = at, by
        mail.save(update_fields=["state", "settled_at", "settled_by"])
    return mail
