from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions.add_contact_point import ContactPointKnown, normal_contact
from clients.actions.lock_client import lock_contact_point
from clients.actions.renew_keys import renew_keys
from clients.actions.revoke_confirmation_links import revoke_confirmation_links
from clients.models import ContactPoint


def change_contact_point(
    *, contact_point: ContactPoint, value: str, note: str = "", by: User, at: datetime
) -> ContactPoint:
    """A number or an address is put right.

    1. Bring it into its one spelling.
    2. If it is another one now, nobody has confirmed that it works: forget the confirmation, and
       links that were sent to the old address open no more.
    3. Let the client be found by it.

    Raises PhoneNotValid, EmailNotValid, ContactPointKnown, ClientMerged.
    """
    value = normal_contact(contact_point.kind, value)
    with transaction.atomic():
        point = lock_contact_point(contact_point.pk)
        namesakes = ContactPoint.objects.filter(
            client=point.client_id, kind=point.kind, value=value
        )
        if namesakes.exclude(pk=point.pk).exists():
            raise ContactPointKnown
        if value != point.value:
            point.value = value
            point.confirmed_at = point.confirmed_by = None
            point.confirmed_how = ""
            revoke_confirmation_links(contact_point=point, at=at)
        point.note = " ".join(note.split())
        point.written_by(by, at)
        point.save()
        renew_keys(client=point.client)
    return point
