from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet

from common.gateways import imap
from common.models import ExternalLink, Mailbox, Presence, reference
from common.models.mailbox import MailboxQuerySet
from common.tokens import token_hash

PRESENT_FOR = 45  # seconds; open pages tell every 15


def others_present(about: Model, user: AbstractBaseUser, at: datetime) -> QuerySet[Presence]:
    """Colleagues who have this record open for editing now, the longest first."""
    return (
        Presence.objects.about(about)
        .filter(seen_at__gt=at - timedelta(seconds=PRESENT_FOR))
        .exclude(user_id=user.pk)
        .select_related("user")
        .order_by("since", "pk")
    )


@dataclass(frozen=True)
class PresenceLine:
    """What `components/presence.html` shows: a record, and who else has it open."""

    about_type: str
    about_id: str
    others: list[Presence]


def presence_line(about: Model, user: AbstractBaseUser, at: datetime) -> PresenceLine:
    return PresenceLine(**reference(about), others=list(others_present(about, user, at)))


def mailbox_in_use() -> MailboxQuerySet:
    """The mailbox that the settings name, if they name one and it was tried before."""
    if not imap.is_configured():
        return Mailbox.objects.none()
    return Mailbox.objects.filter(name=imap.place().name)


def is_link_valid(*, token: str, purpose: str, at: datetime) -> bool:
    """Whether a page that was opened by a link may go on refreshing itself; this is not logged."""
    link = ExternalLink.objects.filter(token_hash=token_hash(token), purpose=purpose).first()
    return link is not None and link.is_valid(at)
