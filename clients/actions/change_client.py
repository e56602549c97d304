from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.actions.renew_keys import renew_keys
from clients.actions.write_fields import (
    refuse_taken_code,
    write_codes,
    write_names,
    write_personal_code,
)
from clients.models import Client
from common.refusals import Refusal


class ClientMerged(Refusal):
    """The card lives on in another one."""

    code = "client_merged"
    sentence = _("This card was merged into another one. Change that one.")


class ClientFields(TypedDict, total=False):
    """What may be changed; a field that is not named stays as it is."""

    name: str
    first_name: str
    last_name: str
    registry_code: str
    country: str
    foreign_code: str
    personal_code: str
    language: str


def change_client(
    *, client: Client, version: int, fields: ClientFields, by: User, at: datetime
) -> Client:
    """Names, codes or the language of a client are put right.

    1. Lock the card; one that was merged is changed no more.
    2. Refuse if somebody has saved it since `version`, with both texts.
    3. Write the fields in their one spelling, as a new version.
    4. Renew the keys by which the client is found.

    Raises ClientMerged, StaleSave and what create_client raises; then nothing has changed.
    """
    with refuse_taken_code(), transaction.atomic():
        client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
        if client.merged_into_id:
            raise ClientMerged
        mine = {name: text for name, text in fields.items() if name != "personal_code"}
        client.claim_version(version, mine=mine)
        _write(client, fields)
        client.written_by(by, at)
        client.save()
        renew_keys(client=client)
    return client


def _write(client: Client, fields: ClientFields) -> None:
    """The codes are judged by the country and kind that the card then has."""
    client.language = fields.get("language", client.language)
    moves = fields.get("country", client.country) != client.country
    client.country = fields.get("country", client.country)
    write_names(
        client,
        name=fields.get("name", client.name),
        first_name=fields.get("first_name", client.first_name),
        last_name=fields.get("last_name", client.last_name),
    )
    write_codes(
        client,
        registry_code=fields.get("registry_code", client.registry_code),
        foreign_code=fields.get("foreign_code", client.foreign_code),
    )
    if "personal_code" in fields or moves:
        write_personal_code(client, fields.get("personal_code", client.personal_code))
