from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from common.models import Event, reference


def publish_event(
    *,
    kind: str,
    about: Model,
    at: datetime,
    to_user: AbstractBaseUser | None = None,
    to_unit: Any = None,
) -> Event:
    """Tell open pages that a record has changed, in the caller's transaction.

    To one person, to a unit, or, without either, to everybody who is signed in. Only the kind and
    the id travel.
    """
    return Event.objects.create(
        kind=kind,
        at=at,
        to_user_id=to_user.pk if to_user else None,
        to_unit_id=to_unit.pk if to_unit else None,
        **reference(about),
    )
