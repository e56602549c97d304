"""Turns rows of an old table into inquiries and clients to be, or says row by row why not."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from clients.actions.write_fields import NameMissing, write_names
from clients.emails import EmailNotValid, normal_email
from clients.folding import words_of
from clients.identities import Identity, KnownClients
from clients.models import Client
from clients.phones import PhoneNotValid, digits_of, normal_phone
from inquiries.models import (
    Channel,
    County,
    Language,
    PastClient,
    PastImport,
    PastInquiry,
    object_key,
)
from inquiries.past.fields import CHOICES
from inquiries.past.rows import PastRow, Reading, read_row
from inquiries.past.tables import Row, Unusable
from inquiries.past.values import guess_value, value_key
from inquiries.states import Outcome
from knowledge.models import Topic

NEEDED = frozenset({"channel", "language", "agent", "outcome"})
PARTS = re.compile(r"[,;/|\n]+")
LONGEST_PHONE = 32
FEWEST_DIGITS = 5


@dataclass(frozen=True)
class Ready:
    """A row that can be written. A negative client is the place in the list of clients to be made."""

    row: PastRow
    fields: Mapping[str, Any]
    identity: Identity
    client: int | None
    client_text: str


@dataclass
class Judged:
    """What became of some rows."""

    ready: list[Ready] = field(default_factory=list)
    to_make: list[Identity] = field(default_factory=list)  # clients
    aside: list[tuple[int, Unusable]] = field(default_factory=list)
    already: int = 0
    clients_known: int = 0
    without_client: int = 0


class PastJudge:
    """Judges the rows of one import, a batch after another."""

    def __init__(self, past_import: PastImport, now: dt.datetime, *, remembers: bool) -> None:
        """A trial remembers what it would have written; a run finds it in the database."""
        self.past_import = past_import
        self.reading = Reading(
            columns=past_import.fields,
            zone=past_import.time_zone,
            now=now,
            width=max(len(past_import.headings), max(past_import.fields, default=0) + 1),
            day_first=past_import.day_first,
            of_clients=past_import.of_clients,
        )
        self.remembers = remembers
        self.known = KnownClients()
        self.seen: set[str] = set()
        self.made = 0
        self.topics = Topic.objects.for_choice().in_bulk()
        self.agents = User.objects.in_bulk()
        self.guesses = guesses(self.topics.values(), self.agents.values())
        self.matches: dict[str, dict[str, str]] = {name: {} for name in CHOICES}
        for value in past_import.values.all():
            self.matches[value.field][value.key] = value.ours
        self.met: dict[str, Counter[str]] = {name: Counter() for name in CHOICES}
        self.spelled: dict[tuple[str, str], str] = {}

    def judge(self, rows: Iterable[Row]) -> Judged:
        judged = Judged()
        if not self.remembers:
            self.known, self.made = KnownClients(), 0
        read = self._read(rows, judged)
        read = self._new_ones(read, judged)
        pairs = self._identities(read, judged)
        self.known.look_up(identity for _row, identity, _text in pairs)
        for row, identity, text in pairs:
            try:
                judged.ready.append(self._ready(row, identity, text, judged))
            except Unusable as why:
                judged.aside.append((row.line, why))
        return judged

    def _read(self, rows: Iterable[Row], judged: Judged) -> list[PastRow]:
        read = []
        for line, cells in rows:
            try:
                read.append(read_row(line, cells, self.reading))
            except Unusable as why:
                judged.aside.append((line, why))
        return read

    def _new_ones(self, read: Sequence[PastRow], judged: Judged) -> list[PastRow]:
        """Leave out what came before: by an earlier import, or twice in this file."""
        came = PastClient if self.past_import.of_clients else PastInquiry
        rows = came.objects.filter(
            source=self.past_import.source, key__in=[row.key for row in read]
        )
        before = dict(rows.values_list("key", "past_import"))
        here: set[str] = set()
        new = []
        for row in read:
            is_twice = row.key in here or row.key in self.seen
            is_twice |= before.get(row.key) == self.past_import.pk
            if is_twice and row.old_number:
                judged.aside.append((row.line, Unusable("number_twice", shown=row.old_number)))
            elif is_twice or row.key in before:
                judged.already += 1
            else:
                here.add(row.key)
                new.append(row)
        if self.remembers:
            self.seen |= here
        return new

    def _identities(
        self, read: Sequence[PastRow], judged: Judged
    ) -> list[tuple[PastRow, Identity, str]]:
        found = []
        for row in read:
            try:
                found.append((row, *self._identity(row)))
            except Unusable as why:
                judged.aside.append((row.line, why))
        return found

    def _identity(self, row: PastRow) -> tuple[Identity, str]:
        """The client, and the number as it was written where it is no number that can be called."""
        said = row.client
        phones, odd = _phones(said.get("phone", ""))
        if odd and self.reading.of_clients:
            raise Unusable("phone_not_valid", "phone", odd)
        emails = _emails(said.get("email", ""))
        if "kind" not in said:
            return Identity(phones=phones, emails=emails), odd
        client = Client(kind=said["kind"])
        try:
            write_names(
                client,
                name=said["client_name"],
                first_name=said.get("first_name", "")[:100],
                last_name=said.get("last_name", "")[:100],
            )
        except NameMissing as error:
            raise Unusable("no_name", "client_name") from error
        return Identity(
            kind=client.kind,
            name=client.name[:200],
            first_name=client.first_name,
            last_name=client.last_name,
            personal_code=said.get("personal_code", ""),
            registry_code=said.get("registry_code", ""),
            phones=phones,
            emails=emails,
        ), odd

    def _ready(self, row: PastRow, identity: Identity, odd_phone: str, judged: Judged) -> Ready:
        fields = {} if self.reading.of_clients else self._fields(row)
        if not self.reading.of_clients:
            fields["caller_number"] = next(iter(identity.phones), odd_phone)
        language = fields.get("language") or self._meant("language", row, optional=True) or "et"
        identity = Identity(**{**identity.__dict__, "language": language})
        client = self.known.find(identity)
        if client is not None:
            judged.clients_known += client >= 0
        elif identity.name and (self.reading.of_clients or identity.is_known_by_something):
            judged.to_make.append(identity)
            self.made += 1
            client = -self.made
            self.known.add(identity, client)
        else:
            judged.without_client += 1
        text = "" if client is not None else _client_text(identity)
        return Ready(row, fields, identity, client, text)

    def _fields(self, row: PastRow) -> dict[str, Any]:
        topic = self.topics.get(_number(self._meant("topic", row, optional=True)))
        agent = self.agents.get(_number(self._meant("agent", row)))
        if agent is None:
            raise Unusable("unknown_agent", "agent", row.values.get("agent", ""))
        return {
            "channel": self._meant("channel", row),
            "language": self._meant("language", row),
            "outcome": self._meant("outcome", row),
            "county": self._meant("county", row, optional=True),
            "topic": topic,
            "agent": agent,
        }

    def _meant(self, name: str, row: PastRow, *, optional: bool = False) -> str:
        """What the word of the row counts as. Raises Unusable where nobody has said it."""
        text = row.values.get(name, "")
        ours = self.ours(name, text) if text else ""
        ours = ours or str(self.past_import.fallbacks.get(name, ""))
        if not ours and not optional:
            raise Unusable(f"unknown_{name}", name, text)
        return ours

    def ours(self, name: str, text: str) -> str:
        key = value_key(text)
        self.met[name][key] += 1
        self.spelled.setdefault((name, key), text)
        if key not in self.matches[name]:
            self.matches[name][key] = self.guesses[name](text)
        return self.matches[name][key]


def guesses(topics: Iterable[Topic], agents: Iterable[User]) -> dict[str, Callable[[str], str]]:
    """By field: what a word of another system probably means, "" for no idea."""
    by_topic = {
        value_key(name): str(topic.pk)
        for topic in topics
        for name in (topic.code, topic.name_et, topic.name_en, topic.name_ru)
    }
    by_agent: dict[str, str] = {}
    for agent in agents:
        name = words_of(f"{agent.first_name} {agent.last_name}")
        for key in (" ".join(name), " ".join(name[::-1]), value_key(agent.username)):
            by_agent.setdefault(key, str(agent.pk))
        by_agent.setdefault(" ".join(words_of(agent.last_name)), str(agent.pk))
        if agent.email:
            by_agent.setdefault(value_key(agent.email), str(agent.pk))
    by_agent.pop("", None)
    return {
        "topic": lambda text: by_topic.get(value_key(text), ""),
        "agent": lambda text: by_agent.get(value_key(text), ""),
        **{
            name: lambda text, name=name: guess_value(name, text)  # type: ignore[misc]
            for name in ("channel", "language", "outcome", "county")
        },
    }


def choices_of(name: str) -> list[tuple[str, str]]:
    """What a word of that field may count as."""
    if name == "topic":
        return [(str(topic.pk), str(topic)) for topic in Topic.objects.for_choice()]
    if name == "agent":
        staff = User.objects.order_by("last_name", "first_name", "pk")
        return [(str(user.pk), str(user)) for user in staff]
    labels = {"channel": Channel, "language": Language, "outcome": Outcome, "county": County}
    return [(value, str(label)) for value, label in labels[name].choices]


def number_key(old_number: str) -> str:
    return object_key(old_number)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _phones(text: str) -> tuple[tuple[str, ...], str]:
    """The numbers that can be called, and what is left if none of it can."""
    numbers: dict[str, None] = {}
    for part in [text, *PARTS.split(text)]:
        try:
            numbers[normal_phone(part)] = None
        except PhoneNotValid:
            continue
        if part is text:
            break
    is_odd = not numbers and len(digits_of(text)) >= FEWEST_DIGITS
    return tuple(numbers), text[:LONGEST_PHONE] if is_odd else ""


def _emails(text: str) -> tuple[str, ...]:
    """Raises Unusable; a text without @, such as «puudub», says that there is none."""
    found: dict[str, None] = {}
    for part in PARTS.split(text):
        if "@" in part:
            try:
                found[normal_email(part)] = None
            except EmailNotValid as error:
                raise Unusable("email_not_valid", "email", part.strip()) from error
    return tuple(found)


def _client_text(identity: Identity) -> str:
    return ", ".join(filter(None, [identity.name, *identity.emails]))[:300]
