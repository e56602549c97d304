from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.actions.lock_client import lock_client
from clients.actions.renew_keys import renew_keys
from clients.emails import normal_email
from clients.models import Client, ContactKind, ContactPoint
from clients.phones import normal_phone
from common.refusals import Refusal


class ContactPointKnown(Refusal):
    """The client has this number or address already."""

    code = "contact_point_known"
    sentence = _("The client has this number or address already.")


def add_contact_point(
    *, client: Client, kind: str, value: str, note: str = "", by: User | None, at: datetime
) -> ContactPoint:
    """A client gives a number or an address at which to be reached.

    1. Bring it into its one spelling.
    2. Write it down, not confirmed yet.
    3. Let the client be found by it.

    Raises PhoneNotValid, EmailNotValid, ContactPointKnown, ClientMerged.
    """
    value = normal_contact(kind, value)
    with transaction.atomic():
        client = lock_client(client.pk)
        if client.contact_points.filter(kind=kind, value=value).exists():
            raise ContactPointKnown
        point = ContactPoint(
            client=client, kind=kind, value=value, note=" ".join(note.split()), created_at=at
        )
        point.written_by(by, at)
        point.save()
        renew_keys(client=client)
    return point


def normal_contact(kind: str, value: str) -> str:
    return normal_phone(value) if kind == ContactKind.PHONE else normal_email(value)
