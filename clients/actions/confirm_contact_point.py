from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions.lock_client import lock_contact_point
from clients.models import ContactPoint


def confirm_contact_point(
    *, contact_point: ContactPoint, how: str, by: User | None, at: datetime
) -> ContactPoint:
    """A number or an address was seen to work: the client answered a call or a letter of ours.

    1. Lock it, and write when, how and who saw it. A later confirmation replaces an earlier one,
       which stays in the versions.

    `by` is nobody when the client opened the link in our mail. Raises ClientMerged.
    """
    with transaction.atomic():
        point = lock_contact_point(contact_point.pk)
        point.confirmed_at, point.confirmed_how, point.confirmed_by = at, how, by
        point.written_by(by, at)
        point.save(update_fields=["confirmed_at", "confirmed_how", "confirmed_by"])
    return point
