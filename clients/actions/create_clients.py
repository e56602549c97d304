from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.codes import personal_code_hash
from clients.folding import name_key
from clients.identities import Identity
from clients.keys import keys_of
from clients.models import Client, ClientKey, ContactPoint


def create_clients(
    *, identities: Sequence[Identity], by: User | None, at: datetime, why: str
) -> list[Client]:
    """Many clients come at once from somebody's list; `why` is the code that their versions carry.

    1. Write the cards and their contact points, each with its one version.
    2. Write the keys by which they are found.

    The list has been judged: see `clients.identities`. A personal code that another card has
    meanwhile raises IntegrityError, and nothing is written.
    """
    clients = [_card(identity, by, at) for identity in identities]
    with transaction.atomic():
        Client.objects.bulk_create(clients)
        points = [
            ContactPoint(client=client, kind=kind, value=value, created_at=at)
            for client, identity in zip(clients, identities, strict=True)
            for kind, value in identity.contacts
        ]
        ContactPoint.objects.bulk_create(points)
        versions = {"default_user": by, "default_date": at, "default_change_reason": why}
        Client.history.bulk_history_create(clients, **versions)
        ContactPoint.history.bulk_history_create(points, **versions)
        ClientKey.objects.bulk_create(
            ClientKey(client=client, **key._asdict())
            for client, identity in zip(clients, identities, strict=True)
            for key in keys_of(
                names=[client.name], codes=[client.registry_code], contacts=identity.contacts
            )
        )
    return clients


def _card(identity: Identity, by: User | None, at: datetime) -> Client:
    return Client(
        kind=identity.kind,
        name=identity.name,
        name_key=name_key(identity.name),
        first_name=identity.first_name,
        last_name=identity.last_name,
        registry_code=identity.registry_code,
        personal_code=identity.personal_code,
        personal_code_hash=personal_code_hash(identity.personal_code),
        language=identity.language,
        created_at=at,
        created_by=by,
    )
