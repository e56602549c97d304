from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from common.mail_states import MOVES, MailState
from common.models import OutgoingMail


def note_bounce(*, message_ids: Sequence[str], words: str, at: datetime) -> OutgoingMail | None:
    """A mail server says that a letter of ours did not arrive.

    1. Find the letter by its Message-ID, which nobody can guess.
    2. If it stands as sent, it came back, and why is kept with it.

    Returns the letter, also if it was noted before; None if it is none of ours.
    """
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(of=("self",))
            .filter(message_id__in=list(message_ids)[:50])
            .order_by("pk")
            .first()
        )
        if mail is not None and MOVES.allows("come_back", mail.state):
            mail.state = MOVES.target("come_back", MailState(mail.state))
            mail.last_error = words[:500] or "returned"
            mail.save(update_fields=["state", "last_error"])
    return mail
