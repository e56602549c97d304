from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions import ContactPointKnown, add_contact_point, create_client
from clients.models import Client, ClientKind, ContactKind
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase


def give_contacts(
    *, case: AccessCase, name: str = "", phone: str = "", email: str = "", by: User, at: datetime
) -> AccessCase:
    """The client gives the phone and e-mail that will stand in the paper.

    1. Find the organisation's client card, or make one.
    2. Add what the card does not have yet; it waits to be confirmed.

    Raises NameMissing, RegistryCodeNotValid, PhoneNotValid, EmailNotValid.
    """
    with transaction.atomic():
        case = lock_case(case)
        if case.client is None:
            case.client = _card(case, name, by, at)
            case.save(update_fields=["client"])
        for kind, value in ((ContactKind.PHONE, phone), (ContactKind.EMAIL, email)):
            if value.strip():
                _add(case.client, kind, value, by, at)
        note_event(case=case, what="contacts_given", by=by, at=at)
    return case


def _card(case: AccessCase, name: str, by: User, at: datetime) -> Client:
    known = Client.objects.living().filter(registry_code=case.organisation_code).order_by("pk")
    return known.first() or create_client(
        kind=ClientKind.ORGANISATION,
        name=(name or case.organisation_name)[:200],
        registry_code=case.organisation_code,
        by=by,
        at=at,
    )


def _add(client: Client, kind: str, value: str, by: User, at: datetime) -> None:
    try:
        add_contact_point(client=client, kind=kind, value=value, by=by, at=at)
    except ContactPointKnown:
        return
