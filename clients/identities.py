"""Which card a row of somebody's list means: by code, then by a number or address together with the name."""

from collections.abc import Iterable
from dataclasses import dataclass

from clients.codes import personal_code_hash
from clients.folding import name_key
from clients.models import Client, ContactKind, ContactPoint

Contact = tuple[str, str]  # kind and value, in its one spelling


@dataclass(frozen=True)
class Identity:
    """What a list says of a client; all of it checked and in its one spelling."""

    kind: str = ""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    personal_code: str = ""
    registry_code: str = ""
    language: str = "et"
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()

    @property
    def contacts(self) -> list[Contact]:
        return [
            *((ContactKind.PHONE.value, phone) for phone in self.phones),
            *((ContactKind.EMAIL.value, email) for email in self.emails),
        ]

    @property
    def is_known_by_something(self) -> bool:
        """A name alone would make a card of its own for every row."""
        return bool(self.personal_code or self.registry_code or self.contacts)


@dataclass(frozen=True)
class _Card:
    pk: int
    name_key: str
    code_hash: str
    registry_code: str

    def may_be(self, code_hash: str, registry_code: str) -> bool:
        return (not code_hash or self.code_hash in {"", code_hash}) and (
            not registry_code or self.registry_code in {"", registry_code}
        )


class KnownClients:
    """The cards that some rows may mean, read with four queries for all of them."""

    def __init__(self) -> None:
        self._by_code: dict[str, int] = {}
        self._by_registry: dict[str, int] = {}
        self._by_contact: dict[Contact, dict[int, _Card]] = {}

    def look_up(self, identities: Iterable[Identity]) -> None:
        identities = list(identities)
        hashes = {personal_code_hash(one.personal_code) for one in identities} - {""}
        registry = {one.registry_code for one in identities} - {""}
        living = Client.objects.living().order_by("-pk")  # the oldest card is read last and stays
        at_home = living.filter(country="EE")  # an identity's personal code is an Estonian one
        for code, pk in at_home.filter(personal_code_hash__in=hashes).values_list(
            "personal_code_hash", "pk"
        ):
            self._by_code[code] = pk
        for code, pk in living.filter(registry_code__in=registry).values_list(
            "registry_code", "pk"
        ):
            self._by_registry[code] = pk
        for kind in ContactKind.values:
            self._look_up_contacts(
                kind, {value for one in identities for of, value in one.contacts if of == kind}
            )

    def _look_up_contacts(self, kind: str, values: set[str]) -> None:
        columns = ("value", "client", "name_key", "personal_code_hash", "registry_code")
        points = ContactPoint.objects.filter(
            kind=kind, value__in=values, client__merged_into__isnull=True
        )
        for value, *card in points.values_list(
            "value", "client", *(f"client__{column}" for column in columns[2:])
        ):
            known = _Card(*card)
            self._by_contact.setdefault((kind, value), {})[known.pk] = known

    def find(self, identity: Identity) -> int | None:
        """Return the id of the card, or None: nobody we know, or more than one."""
        code_hash = personal_code_hash(identity.personal_code)
        if code_hash in self._by_code:
            return self._by_code[code_hash]
        if identity.registry_code in self._by_registry:
            return self._by_registry[identity.registry_code]
        sharing: dict[int, _Card] = {}
        for contact in identity.contacts:
            sharing |= self._by_contact.get(contact, {})
        if not identity.name:
            return next(iter(sharing)) if len(sharing) == 1 else None
        alike = [
            card.pk
            for card in sharing.values()
            if card.name_key == name_key(identity.name)
            and card.may_be(code_hash, identity.registry_code)
        ]
        return min(alike, default=None)

    def add(self, identity: Identity, pk: int) -> None:
        """A card for it has been made, or would be."""
        code_hash = personal_code_hash(identity.personal_code)
        if code_hash:
            self._by_code[code_hash] = pk
        if identity.registry_code:
            self._by_registry[identity.registry_code] = pk
        card = _Card(pk, name_key(identity.name), code_hash, identity.registry_code)
        for contact in identity.contacts:
            self._by_contact.setdefault(contact, {})[pk] = card
