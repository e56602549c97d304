"""What is measured: each subject has variants (what real people would type or open) and a limit."""

import json
import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.models import Client, ContactPoint
from clients.phones import spoken_phone
from clients.queries import find_clients
from common.paging import keyset_page
from inquiries.models import Inquiry, InquiryDraft
from inquiries.queries import rows_of_list
from knowledge.models import Topic
from knowledge.queries import search_topics
from registry.models import Organisation
from registry.queries import search_organisations

TOPIC_QUERIES = [
    "veeluba",
    "veeloa",
    "kalastuskaart",
    "kalastuskaat",
    "raierahu",
    "доверенность",
    "volikiri",
    "pistrik",
    "jäätmeluba",
    "karu",
    "hunt",
    "prügi",
    "saaste",
    "водное",
    "permit",
    "forest",
    "kotkas",
    "sisselogimine",
    "põder",
]
DEEP_PAGE = 10_000
SIZE = 50


@dataclass(frozen=True)
class Subject:
    name: str
    limit: float
    variants: Callable[[], Sequence[Any]]
    run: Callable[[Any], Any]
    times: int = 0


def agent() -> User:
    return User.objects.get(username="kadri.lepp")


def browser() -> Browser:
    client = Browser()
    client.force_login(agent())
    return client


def sample(queryset: Any, count: int) -> list[Any]:
    """Rows from all over the table, by key: no scan of millions."""
    keys = queryset.order_by("pk").values_list("pk", flat=True)
    first, last = keys.first(), keys.last()
    rng = random.Random(11)
    drawn = [rng.randint(first, last) for _ in range(count * 2)]
    return list(queryset.filter(pk__in=drawn)[:count])


def spellings() -> list[str]:
    """As people say it: names, parts of names, numbers with and without the country, codes."""
    typed: list[str] = []
    for client in sample(Client.objects.all(), 12):
        words = client.name.split()
        typed += [client.name, words[-1], words[0][:4], " ".join(reversed(words)).lower()]
    for point in sample(ContactPoint.objects.filter(kind="phone"), 10):
        spoken = spoken_phone(point.value)
        typed += [point.value, spoken, spoken.removeprefix("+372 "), f"00{point.value[1:]}"]
        typed.append(point.value[-6:])
    return typed


def organisation_queries() -> list[str]:
    typed: list[str] = []
    for organisation in sample(Organisation.objects.all(), 15):
        words = organisation.name.split()
        code = organisation.registry_code
        typed += [organisation.name, words[0][:3], words[0], code, code[:5], words[-1]]
    return typed


def drafts(count: int) -> list[tuple[str, dict]]:
    """Open calls with a known client and a topic; each is saved as the page would."""
    client = browser()
    topics = list(Topic.objects.for_choice()[:20])
    known = sample(Client.objects.all(), 20)
    made = []
    for number in range(count):
        key = str(uuid.uuid4())
        typed = {
            "channel": "phone",
            "language": "et",
            "client": str(known[number % len(known)].pk),
            "topic": str(topics[number % len(topics)].pk),
            "question": "Küsib, kas tiigi süvendamiseks on vaja luba ja kust seda taotleda. " * 4,
            "outcome": "solved",
            "source_text": "määrus nr 34",
        }
        post(client, "save_call", key, typed, None)
        made.append((key, typed))
    return made


def post(client: Browser, page: str, key: str, typed: dict, version: int | None) -> Any:
    answer = client.post(
        reverse(f"workspace:{page}", args=[key]),
        json.dumps({"typed": typed, "version": version}),
        content_type="application/json",
    )
    if answer.status_code != 200:
        raise RuntimeError(f"{page}: {answer.status_code} {answer.content[:300]!r}")
    return answer


def get(client: Browser, address: str) -> Any:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return answer


def filters() -> list[str]:
    """Each filter that the list offers, alone, and two together."""
    topic = Topic.objects.for_choice().first()
    unit = topic.owner_unit_id
    return [
        "",
        "state=open",
        "state=callback",
        "outcome=solved",
        "channel=phone",
        "channel=voicemail",
        f"topic={topic.pk}",
        f"topic={topic.parent_id}",
        f"unit={unit}",
        f"agent={agent().pk}",
        "language=ru",
        "language=en",
        "county=harju",
        "deadline=near",
        "mine=on",
        f"topic={topic.pk}&language=ru",
    ]


def deep_cursor() -> str:
    """The cursor of page 10,000 (or of the last quarter where there are fewer rows)."""
    rows = Inquiry.objects.order_by("-started_at", "-pk")
    depth = min(DEEP_PAGE * SIZE, Inquiry.objects.count() * 3 // 4)
    started_at = rows.values_list("started_at", flat=True)[depth]
    page = keyset_page(rows.filter(started_at__lte=started_at), size=SIZE)
    return page.next


def subjects() -> list[Subject]:
    user, client = agent(), browser()
    listing = reverse("inquiries:list")
    calls = drafts(90)
    versions: dict[str, int] = dict(
        InquiryDraft.objects.filter(pk__in=[key for key, _typed in calls]).values_list(
            "pk", "version"
        )
    )
    versions = {str(key): version for key, version in versions.items()}

    def autosave(call: tuple[str, dict]) -> None:
        key, typed = call
        typed = {**typed, "answer": f"Vastus {timezone.now():%H:%M:%S.%f}"}
        versions[key] = post(client, "save_call", key, typed, versions[key]).json()["version"]

    to_finish = iter(calls)

    def finish(_variant: object) -> None:
        key, typed = next(to_finish)
        post(client, "finish_call", key, typed, versions[key])

    def rows_of_page(cursor: str) -> None:
        keyset_page(rows_of_list(Inquiry.objects.visible_to(user)), cursor=cursor, size=SIZE)

    return [
        Subject("client look-up", 20, spellings, lambda text: find_clients(text, by=user), 200),
        Subject("organisation search", 20, organisation_queries, search_organisations, 200),
        Subject("topic search", 10, lambda: TOPIC_QUERIES, search_topics, 200),
        Subject(
            "form open",
            60,
            lambda: [reverse("workspace:call_draft", args=[key]) for key, _typed in calls[:30]],
            lambda address: get(client, address),
        ),
        Subject("autosave", 25, lambda: calls[:30], autosave),
        Subject("finish", 50, lambda: list(range(60)), finish),
        Subject(
            "list, 90 days, each filter",
            60,
            filters,
            lambda query: get(client, f"{listing}?{query}"),
            64,
        ),
        Subject(
            "list, all time, each filter",
            1000,
            lambda: [f"{query}&period=all" for query in filters()],
            lambda query: get(client, f"{listing}?{query}"),
            32,
        ),
        Subject("list rows, page 1", 60, lambda: [""], rows_of_page),
        Subject("list rows, page 10,000", 60, lambda: [deep_cursor()], rows_of_page),
        Subject("my day", 60, lambda: [reverse("workspace:my_day")], lambda at: get(client, at)),
    ]
