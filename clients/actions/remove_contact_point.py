from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions.lock_client import lock_contact_point
from clients.actions.renew_keys import renew_keys
from clients.actions.revoke_confirmation_links import revoke_confirmation_links
from clients.models import ContactPoint


def remove_contact_point(*, contact_point: ContactPoint, by: User, at: datetime) -> None:
    """A client is no longer reached at a number or an address.

    1. Links that were sent to it open no more.
    2. Take it away; its versions stay.
    3. The client is not found by it any more.
    """
    with transaction.atomic():
        point = lock_contact_point(contact_point.pk)
        revoke_confirmation_links(contact_point=point, at=at)
        client = point.client
        point.written_by(by, at)
        point.delete()
        renew_keys(client=client)
