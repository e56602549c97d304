"""Synthetic clients: names of nobody, codes that are given to nobody, numbers nobody has."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count as counted
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone
from stdnum.ee import ik, registrikood

from clients.codes import personal_code_hash
from clients.demo_rows import next_id, write_rows
from clients.folding import fold, name_key, words_of
from clients.keys import keys_of
from clients.models import Client, ClientKey, ContactPoint

NAMES = json.loads((Path(__file__).parent / "seed" / "names.json").read_text(encoding="utf-8"))
FIRST_PHONE, PHONES = 84_000_000, 1_000_000
FIRST_REGISTRY_CODE = 1_800_000  # seven digits; the eighth checks them
ORGANISATIONS = 0.3
RUSSIAN = 0.28
CHUNK = 10_000


def create_clients(
    *,
    count: int,
    at: datetime,
    rng: Random,
    organisations: Sequence[tuple[str, str]] = (),
    with_versions: bool | None = None,
) -> list[int]:
    """Make clients with contact points and keys, dated in the two years before `at`; return their ids.

    `organisations` are (name, registry code) pairs that become the first organisations, so that
    they stand in the register too. Versions are written up to 20,000 clients unless said otherwise.
    """
    with_versions = count <= 20_000 if with_versions is None else with_versions
    drawn = _Draw(rng, at, organisations)
    ids: list[int] = []
    for start in range(0, count, CHUNK):
        ids += _write_chunk(drawn, min(CHUNK, count - start), with_versions)
    return ids


@transaction.atomic
def _write_chunk(drawn: "_Draw", count: int, with_versions: bool) -> list[int]:
    first_client, first_point = next_id(Client), next_id(ContactPoint)
    clients = [drawn.client(first_client + place) for place in range(count)]
    points = list(drawn.contact_points(clients, first_point))
    write_rows(Client, clients)
    write_rows(ContactPoint, points)
    write_rows(ClientKey, _keys(clients, points))
    if with_versions:
        for client in clients:
            client._history_date = client.created_at
        Client.history.bulk_history_create(clients, batch_size=1000)
    return [client.pk for client in clients]


def _keys(clients: list[Client], points: list[ContactPoint]) -> Iterator[ClientKey]:
    contacts: dict[int, list[tuple[str, str]]] = {}
    for point in points:
        contacts.setdefault(point.client_id, []).append((point.kind, point.value))
    ids = counted(next_id(ClientKey))
    for client in clients:
        keys = keys_of(
            names=[client.name],
            codes=[client.registry_code, client.foreign_code],
            contacts=contacts.get(client.pk, []),
        )
        yield from (ClientKey(pk=next(ids), client_id=client.pk, **key._asdict()) for key in keys)


class _Draw:
    """Draws one client after another; no code is drawn twice."""

    def __init__(self, rng: Random, at: datetime, known: Sequence[tuple[str, str]]) -> None:
        self.rng, self.at = rng, at
        self.known = iter(known)
        self.registry_codes = self._registry_codes({code for _name, code in known})
        people = Client.objects.exclude(personal_code_hash="")
        self.used_hashes = set(people.values_list("personal_code_hash", flat=True))

    def client(self, pk: int) -> Client:
        created_at = self.at - timedelta(seconds=self.rng.randrange(2 * 365 * 86_400))
        drawn = self._organisation() if self.rng.random() < ORGANISATIONS else self._person()
        client = Client(pk=pk, created_at=created_at, **drawn)
        client.name_key = name_key(client.name)
        if self.rng.random() < 0.02:
            client.pinned_note = self.rng.choice(NAMES["notes"])
            client.pinned_at = created_at
        return client

    def contact_points(self, clients: list[Client], first: int) -> Iterator[ContactPoint]:
        ids = counted(first)
        for client in clients:
            kinds = self.rng.choices(
                [("phone",), ("phone", "email"), ("phone", "phone", "email"), ("email",)],
                [0.35, 0.4, 0.1, 0.15],
            )[0]
            values = [self._phone() if kind == "phone" else self._email(client) for kind in kinds]
            for kind, value in dict.fromkeys(zip(kinds, values, strict=True)):
                yield self._point(next(ids), client, kind, value)

    def _point(self, pk: int, client: Client, kind: str, value: str) -> ContactPoint:
        point = ContactPoint(
            pk=pk, client=client, kind=kind, value=value, created_at=client.created_at
        )
        if self.rng.random() < 0.3:
            later = timedelta(days=self.rng.randrange(60))
            point.confirmed_at = min(client.created_at + later, self.at)
            by_mail = ("mail_link", "answer") if kind == "email" else ("callback", "answer")
            point.confirmed_how = self.rng.choice(by_mail)
        return point

    def _person(self) -> dict[str, str]:
        is_russian, sex = self.rng.random() < RUSSIAN, self.rng.choice(["women", "men"])
        names = NAMES["russian" if is_russian else "estonian"]
        first, last = self.rng.choice(names[sex]), self.rng.choice(names["last"])
        if is_russian:
            last = last[sex == "women"]
        elif self.rng.random() < 0.12:
            last = f"{last}-{self.rng.choice(names['last'])}"
        code = self._personal_code(sex) if self.rng.random() < 0.2 else ""
        spoken = "ru" if is_russian and self.rng.random() < 0.8 else "et"
        return {
            "kind": "person",
            "first_name": first,
            "last_name": last,
            "name": f"{first} {last}",
            "language": "en" if self.rng.random() < 0.02 else spoken,
            "personal_code": code,
            "personal_code_hash": personal_code_hash(code),
        }

    def _personal_code(self, sex: str) -> str:
        """Of somebody who is not born yet, so of nobody."""
        while True:
            day = timezone.localdate(self.at).replace(
                year=self.rng.randrange(2090, 2100),
                month=self.rng.randrange(1, 13),
                day=self.rng.randrange(1, 29),
            )
            head = f"{6 if sex == 'women' else 5}{day:%y%m%d}{self.rng.randrange(1, 1000):03d}"
            code = head + ik.calc_check_digit(f"{head}0")  # it drops the last digit
            hashed = personal_code_hash(code)
            if hashed not in self.used_hashes:
                self.used_hashes.add(hashed)
                return code

    def _organisation(self) -> dict[str, str]:
        if self.rng.random() < 0.03:
            return self._foreign_organisation()
        known = next(self.known, None)
        name, code = known or (self._company_name(), next(self.registry_codes))
        return {
            "kind": "organisation",
            "name": name,
            "registry_code": code,
            "language": "ru" if self.rng.random() < 0.12 else "et",
        }

    def _company_name(self) -> str:
        words = NAMES["company"]
        parts = [self.rng.choice(words[place]) for place in ("first", "second", "third")]
        name = " ".join(parts[: 2 + (self.rng.random() < 0.6)])
        if self.rng.random() < 0.3:
            name += f" {self.rng.randrange(2, 99)}"
        return f"{name} {self.rng.choice(words['forms'])}"

    def _foreign_organisation(self) -> dict[str, str]:
        country = self.rng.choice(list(NAMES["abroad"]))
        form = {"FI": "Oy", "LV": "SIA", "SE": "AB"}[country]
        word = self.rng.choice(NAMES["abroad"][country])
        return {
            "kind": "organisation",
            "name": f"{word} {self.rng.randrange(1, 999)} {form}",
            "country": country,
            "foreign_code": f"{country}{self.rng.randrange(10**7, 10**8)}",
            "language": "en",
        }

    def _registry_codes(self, taken: set[str]) -> Iterator[str]:
        held = Client.objects.filter(registry_code__gte="18", registry_code__lt="2")
        taken = taken | set(held.values_list("registry_code", flat=True))
        for head in counted(FIRST_REGISTRY_CODE):
            code = f"{head}{registrikood.calc_check_digit(f'{head}0')}"
            if code not in taken:
                yield code

    def _phone(self) -> str:
        return f"+372{FIRST_PHONE + self.rng.randrange(PHONES)}"

    def _email(self, client: Client) -> str:
        """At a domain that is reserved for examples; now and then two clients share a box."""
        words = words_of(fold(client.name))[:3]
        number = "" if self.rng.random() < 0.02 else str(client.pk)
        return f"{'.'.join(words)}{number}@example.ee"[:254]
