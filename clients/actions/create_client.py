from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions.renew_keys import renew_keys
from clients.actions.write_fields import (
    refuse_taken_code,
    write_codes,
    write_names,
    write_personal_code,
)
from clients.emails import normal_email
from clients.models import Client, ContactKind, ContactPoint
from clients.phones import normal_phone


def create_client(
    *,
    kind: str,
    name: str = "",
    first_name: str = "",
    last_name: str = "",
    registry_code: str = "",
    country: str = "EE",
    foreign_code: str = "",
    personal_code: str = "",
    language: str = "et",
    pinned_note: str = "",
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    by: User | None,
    at: datetime,
) -> Client:
    """Somebody who turned to us is given a card.

    1. Bring names, codes, numbers and addresses into their one spelling.
    2. Write the client and its contact points, with who did it in the versions.
    3. Write the keys by which the client is found.

    `personal_code` of a foreigner is the identifier of the home country. Raises NameMissing,
    PersonalCodeTaken, PersonalCodeNotValid, RegistryCodeNotValid, PhoneNotValid, EmailNotValid.
    """
    client = Client(kind=kind, country=country, language=language, created_at=at, created_by=by)
    write_names(client, name=name, first_name=first_name, last_name=last_name)
    write_codes(client, registry_code=registry_code, foreign_code=foreign_code)
    write_personal_code(client, personal_code)
    if pinned_note.strip():
        client.pinned_note, client.pinned_at, client.pinned_by = pinned_note.strip(), at, by
    contacts = [
        *((ContactKind.PHONE, normal_phone(phone)) for phone in phones),
        *((ContactKind.EMAIL, normal_email(email)) for email in emails),
    ]

    with refuse_taken_code(), transaction.atomic():
        client.written_by(by, at)
        client.save()
        for contact_kind, value in dict.fromkeys(contacts):
            point = ContactPoint(client=client, kind=contact_kind, value=value, created_at=at)
            point.written_by(by, at)
            point.save()
        renew_keys(client=client)
    return client
