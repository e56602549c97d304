"""What the demo inquiries speak of: topics, people, clients and texts, read once and drawn quickly."""

import json
from bisect import bisect
from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from accounts.models import RoleAssignment, Substitution
from clients.models import Client, ContactPoint
from inquiries.choices import LOGGING_ROLES
from inquiries.demo_rows import copied
from inquiries.models import Language
from knowledge.models import Topic

TEXTS = Path(__file__).parent / "seed" / "texts.jsonl"
PEAK = 2.6  # how much more a topic is asked about in its months
ZIPF = 1.05


class Drawn:
    """Values drawn by weight, quickly: the sums are made once."""

    def __init__(self, weights: Mapping[Any, float]) -> None:
        self.values = list(weights)
        self.sums = list(accumulate(weights.values()))

    def one(self, rng: Random) -> Any:
        return self.values[bisect(self.sums, rng.random() * self.sums[-1])]

    def many(self, rng: Random, count: int) -> list[Any]:
        return rng.choices(self.values, cum_weights=self.sums, k=count)


class Facts:
    """What a draw needs to know of a topic."""

    def __init__(self, **facts: Any) -> None:
        self.pk: int = facts["pk"]
        self.code: str = facts["code"]
        self.group: str = facts["group"]
        self.parent: int = facts["parent"]
        self.unit: int | None = facts["unit"]
        self.months: list[int] = facts["months"]
        self.closing: str = facts["closing"]
        self.bodies: list[int] = facts["bodies"]
        self.sources: dict[str, int] = facts["sources"]


def topic_facts(topic: Topic) -> Facts:
    closing = topic.tier1_can_close or "partly"
    bodies = [body.pk for body in topic.referral_bodies.all()]
    if topic.starts_access_case:
        closing = "papers"
    elif topic.tier2_group == "VALINE" and bodies:
        closing = "other_body"
    sources = {}
    for language in Language.values:
        source = topic.default_source(language=language)
        if source is not None:
            sources[language] = source.pk
    return Facts(
        pk=topic.pk,
        code=topic.code,
        group=topic.parent.code if topic.parent else "",
        parent=topic.parent_id,
        unit=topic.owner_unit_id,
        months=topic.peak_months,
        closing=closing,
        bodies=bodies,
        sources=sources,
    )


def topics_of_month(topics: dict[int, Facts], month: int) -> Drawn:
    """Zipf's law over the topics in a fixed mixed order, and more of those whose time it is."""
    order = sorted(topics, key=lambda pk: (hash_of(topics[pk].code), pk))
    return Drawn(
        {
            pk: (PEAK if month in topics[pk].months else 1.0) / (rank + 1) ** ZIPF
            for rank, pk in enumerate(order)
        }
    )


def hash_of(text: str) -> int:
    """A number that is the same on every machine."""
    value = 5381
    for letter in text:
        value = (value * 33 + ord(letter)) % 1_000_003
    return value


LOADS = {"head_of_customer_service": 0.1}  # leads more than answers


def agents_by_place(rng: Random) -> dict[str, Drawn]:
    """Who takes contacts at the counter and at the desk; loads differ as people's do."""
    held = RoleAssignment.objects.filter(role__in=LOGGING_ROLES).order_by("user_id", "pk")
    roles = dict(held.values_list("user_id", "role"))
    loads = {pk: rng.uniform(0.5, 1.5) * LOADS.get(role, 1) for pk, role in roles.items()}
    counter = {pk: load for pk, load in loads.items() if roles[pk] == "counter"}
    desk = {pk: load for pk, load in loads.items() if pk not in counter}
    return {"counter": Drawn(counter or desk), "desk": Drawn(desk or counter)}


def absences_now(today: date) -> list[Substitution]:
    return list(Substitution.objects.running_on(today))


def substitute_on(agent: int, day: date, absences: list[Substitution]) -> int:
    for one in absences:
        if one.substituted_id == agent and one.starts_on <= day <= one.ends_on:
            return int(one.substitute_id)
    return agent


def languages_of_clients() -> dict[int, str]:
    return dict(Client.objects.values_list("pk", "language"))


def phones_of_clients() -> dict[int, str]:
    """Clients and a number of each, if there is one."""
    phones = dict.fromkeys(ContactPoint.objects.values_list("client_id", flat=True).distinct(), "")
    phones.update(ContactPoint.objects.filter(kind="phone").values_list("client_id", "value"))
    return phones


def texts_by_topic() -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """Questions and answers by topic and language; those of a group or of none serve the rest."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    if not TEXTS.exists():
        return {}
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        pair = (copied(text["question"]), copied(text.get("answer", "")))
        topic, language = text.get("topic", ""), text["language"]
        for key in {(topic, language), (topic.partition("-")[0], language), ("", language)}:
            found.setdefault(key, []).append(pair)
    return found
