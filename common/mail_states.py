from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class MailState(TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    RETURNED = "returned", _("Came back")


MOVES = Moves(
    {
        # A mail whose lease ran out is claimed again from where it stands.
        "claim": Move((MailState.QUEUED, MailState.SENDING), MailState.SENDING, "worker"),
        "mark_sent": Move((MailState.SENDING,), MailState.SENT, "mail server"),
        "put_off": Move((MailState.SENDING,), MailState.QUEUED, "worker"),
        "give_up": Move((MailState.SENDING,), MailState.FAILED, "worker"),
        "come_back": Move((MailState.SENT,), MailState.RETURNED, "mailbox reader, by a bounce"),
        "send_again": Move((MailState.FAILED, MailState.RETURNED), MailState.QUEUED, "person"),
    }
)


class IncomingState(TextChoices):
    RECEIVED = "received", _("Waiting to be filed")
    FILED = "filed", _("Filed")
    NOTED = "noted", _("Noted")
    SET_ASIDE = "set_aside", _("Set aside")
    DISMISSED = "dismissed", _("Not for us")


class AsideReason(TextChoices):
    """Why a mail was not filed by itself."""

    AUTOMATIC = "automatic", _("Sent by a program or to a mailing list")
    AUTO_REPLY = "auto_reply", _("An automatic reply that names no letter of ours")
    BOUNCE = "bounce", _("Says that a letter did not arrive, but not which one of ours")
    OWN = "own", _("Sent by this system itself")
    TANGLED = "tangled", _("Built so that it cannot be read safely")
    TOO_LARGE = (
        "too_large",
        _("Too large to be taken in; it is in the mailbox, in the folder of read mail"),
    )
    NO_SENDER = "no_sender", _("Names no sender whom one could answer")
    EMPTY = "empty", _("Says nothing")
    TRIED_IN_VAIN = "tried_in_vain", _("Tried several times in vain")


INCOMING_MOVES = Moves(
    {
        "file": Move(
            (IncomingState.RECEIVED, IncomingState.SET_ASIDE),
            IncomingState.FILED,
            "worker, or person",
        ),
        "note": Move((IncomingState.RECEIVED,), IncomingState.NOTED, "worker"),
        "set_aside": Move((IncomingState.RECEIVED,), IncomingState.SET_ASIDE, "worker"),
        "dismiss": Move((IncomingState.SET_ASIDE,), IncomingState.DISMISSED, "person"),
    }
)

DIAGRAMS = {"Outgoing mail": MOVES, "Incoming mail": INCOMING_MOVES}
