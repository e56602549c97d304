"""What create_client and change_client write in the same way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from clients.codes import (
    checked_personal_code,
    checked_registry_code,
    compact_code,
    personal_code_hash,
)
from clients.folding import name_key
from clients.models import Client
from common.refusals import Refusal

HOME = "EE"


class NameMissing(Refusal):
    """A client without a name is an anonymous caller, who has no card."""

    code = "name_missing"
    sentence = _("Write the client's name. An anonymous caller needs no card.")


class PersonalCodeTaken(Refusal):
    """Another card has this personal code already."""

    code = "personal_code_taken"
    sentence = _("Another client has this personal code already: find the client by it.")


def write_names(client: Client, *, name: str, first_name: str, last_name: str) -> None:
    """A person is called by first and last name, if they are known; raises NameMissing."""
    parts = [_spaced(first_name), _spaced(last_name)] if client.is_person else ["", ""]
    client.first_name, client.last_name = parts
    client.name = " ".join(filter(None, parts)) or _spaced(name)
    if not client.name:
        raise NameMissing
    client.name_key = name_key(client.name)


def write_codes(client: Client, *, registry_code: str, foreign_code: str) -> None:
    """Only an organisation has these, and each only at home or abroad.

    Raises RegistryCodeNotValid.
    """
    client.registry_code = client.foreign_code = ""
    if client.is_person:
        return
    if registry_code.strip():
        client.registry_code = checked_registry_code(registry_code)
    client.foreign_code = _spaced(foreign_code)


def write_personal_code(client: Client, personal_code: str) -> None:
    """The code is one of the client's country. Raises PersonalCodeNotValid and PersonalCodeTaken."""
    typed = personal_code.strip() if client.is_person else ""
    is_home = client.country == HOME
    code = checked_personal_code(typed) if typed and is_home else compact_code(typed)
    client.personal_code, client.personal_code_hash = code, personal_code_hash(code)
    others = Client.objects.living().filter(country=client.country).exclude(pk=client.pk)
    if code and others.filter(personal_code_hash=client.personal_code_hash).exists():
        raise PersonalCodeTaken


@contextmanager
def refuse_taken_code() -> Iterator[None]:
    """Two cards with one personal code, written at the same moment: the later one is refused."""
    try:
        yield
    except IntegrityError as error:
        if "personal_code" in str(error):
            raise PersonalCodeTaken from error
        raise


def _spaced(text: str) -> str:
    return " ".join(text.split())
