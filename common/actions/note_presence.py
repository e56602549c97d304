from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model

from common.models import Presence, reference
from common.queries import PRESENT_FOR


def note_presence(*, about: Model, by: AbstractBaseUser, at: datetime) -> Presence:
    """Somebody has a record open for editing; told again every few seconds while it stays open.

    1. A first word, or one after a silence, starts a new presence.
    2. Later words only move the moment last seen.
    """
    with transaction.atomic():
        presence, is_new = Presence.objects.get_or_create(
            user_id=by.pk, **reference(about), defaults={"since": at, "seen_at": at}
        )
        if is_new:
            return presence
        if at - presence.seen_at > timedelta(seconds=PRESENT_FOR):
            presence.since = at
        presence.seen_at = max(at, presence.seen_at)
        presence.save(update_fields=["since", "seen_at"])
    return presence
