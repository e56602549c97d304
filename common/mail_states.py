from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class MailState(TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")


MOVES = Moves(
    {
        # A mail whose lease ran out is claimed again from where it stands.
        "claim": Move((MailState.QUEUED, MailState.SENDING), MailState.SENDING, "worker"),
        "mark_sent": Move((MailState.SENDING,), MailState.SENT, "mail server"),
        "put_off": Move((MailState.SENDING,), MailState.QUEUED, "worker"),
        "give_up": Move((MailState.SENDING,), MailState.FAILED, "worker"),
        "send_again": Move((MailState.FAILED,), MailState.QUEUED, "person"),
    }
)
