from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet

from common.models import Presence, reference

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
