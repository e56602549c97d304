from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet

from common.models import Presence

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
