"""What is measured: each subject has variants (what real people would type or open) and a limit."""

import json
import random
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from benchmarks import papers, signed_files
from clients.models import Client, ContactPoint
from clients.phones import spoken_phone
from clients.queries import find_clients
from common.paging import keyset_page
from documents.actions import request_draft
from documents.actions.render_draft import render_draft
from documents.models import AgencyDelegation, Paper
from documents.signers import from_check
from documents.states import PaperState
from inquiries.actions import save_view
from inquiries.filters import FilterForm
from inquiries.models import Inquiry, InquiryDraft
from inquiries.queries import INBOX_ORDER, InboxFilters, letters_in_inbox, rows_of_list
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
    limit: float | None  # ms; None: fifteen queries only
    variants: Callable[[], Sequence[Any]]
    run: Callable[[Any], Any]
    times: int = 0
    each: bool = False  # every variant has to keep the limit, not most of them


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
    typed += ["ma ta", "el ta", "ou me", "ma ka", "an"]
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
    """Each filter that the list offers, alone: every choice of the short ones, some of the long;
    a text of each kind; and pairs, among them of choices that few rows have."""
    alone = [""]
    for name, field in FilterForm().fields.items():
        choices = [value for value in _values(getattr(field, "choices", ())) if value]
        if name != "period":
            alone += [f"{name}={value}" for value in choices[:: max(1, len(choices) // 15)]]
    few, many = scarce(), Topic.objects.for_choice().first()
    pairs = [
        "mine=on&state=open",
        "county=Hiiu&language=en",
        "channel=post&language=en",
        "channel=counter&state=callback",
        "outcome=abusive&language=en",
        "outcome=abusive&county=Hiiu",
        f"topic={many.pk}&language=ru",
        f"topic={few.pk}&county=Hiiu",
        f"topic={few.pk}&language=en",
        f"topic={few.pk}&agent={agent().pk}",
        f"unit={few.owner_unit_id}&channel=post",
    ]
    return [*alone, "mine=on", *pairs, *[f"view={key}" for key in searches()]]


def _values(choices: Any) -> list[str]:
    """The values of a choice field, out of its groups."""
    flat: list[str] = []
    for value, label in choices:
        flat += [str(inner) for inner, _ in label] if isinstance(label, list | tuple) else [value]
    return [str(value) for value in flat]


def scarce() -> Topic:
    """The topic that fewest of the newest inquiries are about."""
    newest = Inquiry.objects.order_by("-pk").values_list("topic", flat=True)[:20_000]
    about = Counter(topic for topic in newest if topic)
    return Topic.objects.get(pk=min(about, key=about.__getitem__))


def searches() -> list[Any]:
    """A text never stands in an address: it is kept as a saved view."""
    newest = Inquiry.objects.exclude(object_reference="").order_by("-pk").first()
    caller = Inquiry.objects.exclude(caller_number="").order_by("-pk").first()
    client = Client.objects.order_by("pk").first()
    texts = [newest.number, newest.object_reference, caller.caller_number, client.name]
    texts += [spoken_phone(caller.caller_number)[-8:], client.name.split()[-1], "Mari", "OÜ"]
    return [save_view(filters={"text": text}, by=agent(), at=timezone.now()).key for text in texts]


# Words of the drawn texts, from every third one (28-34 %) to a few of ten thousand; bent on purpose.
WORDS = ("edastada", "vett", "halduri", "registrikoodi", "notifications")


def text_searches(rest: str) -> list[str]:
    """Six frequencies: the words above, and the number of an object that one inquiry has."""
    rarest = Inquiry.objects.exclude(object_reference="").order_by("pk").first().object_reference
    texts = (*WORDS, rarest)
    views = [
        save_view(
            filters={"text": text, **({"period": "all"} if rest else {})},
            by=agent(),
            at=timezone.now(),
        )
        for text in texts
    ]
    return [f"view={view.key}{rest}" for view in views]


def deep_cursor() -> str:
    """The cursor of page 10,000 (or of the last quarter where there are fewer rows)."""
    rows = Inquiry.objects.order_by("-started_at", "-pk")
    depth = min(DEEP_PAGE * SIZE, Inquiry.objects.count() * 3 // 4)
    started_at = rows.values_list("started_at", flat=True)[depth]
    page = keyset_page(rows.filter(started_at__lte=started_at), size=SIZE)
    return page.next


def inbox_addresses() -> list[str]:
    """The inbox with each of its filters, and pages further down."""
    inbox = reverse("inquiries:inbox")
    unit = Topic.objects.exclude(owner_unit=None).first().owner_unit_id
    filters = ["", "whose=mine", "whose=unassigned", "due=near", "due=late"]
    filters += [
        "channel=email",
        "channel=web",
        "channel=post",
        f"unit={unit}",
        "whose=mine&due=late",
    ]
    today = timezone.localdate()
    waiting = letters_in_inbox(InboxFilters(), by=agent(), today=today)
    middle = waiting.order_by(*INBOX_ORDER)[waiting.count() // 2]
    page = keyset_page(
        waiting.filter(answer_by__gte=middle.answer_by), order=INBOX_ORDER, size=SIZE
    )
    return [*[f"{inbox}?{query}" for query in filters], f"{inbox}?cursor={quote(page.next)}"]


def pages() -> list[str]:
    """Pages that have no limit of their own; each keeps to fifteen queries."""
    InquiryDraft.objects.filter(owner=agent()).delete()  # else there is no room for a new call
    names = (
        "workspace:new_call", "inquiries:callbacks", "clients:list", "clients:duplicates",
        "registry:search", "registry:checks", "knowledge:home",
        "knowledge:articles", "knowledge:referral_bodies", "knowledge:phrases", "documents:list",
        "directory",
    )  # fmt: skip
    listed = [reverse(name if ":" in name else f"accounts:{name}") for name in names]
    client, inquiry = Client.objects.order_by("pk").first(), Inquiry.objects.order_by("pk").first()
    card = sample(Organisation.objects.all(), 1)[0]
    return [
        *listed,
        reverse("clients:card", args=[client.pk]),
        reverse("inquiries:show", args=[inquiry.pk]),
        reverse("registry:organisation", args=[card.registry_code]),
    ]


def owed_draft() -> Paper:
    """The paper that each pass draws anew: asked for once, never committed as drawn."""
    owed = Paper.objects.filter(state=PaperState.DRAFT_REQUESTED).order_by("pk").first()
    if owed is not None:
        return owed
    paper = (
        Paper.objects.exclude(representation_check=None)
        .filter(number=None, case__client__contact_points__kind="email")
        .filter(representation_check__verdict="sole")
        .first()
    )
    return request_draft(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(paper.representation_check.people.first())],
        delegation=AgencyDelegation.objects.first(),
        by=paper.case.responsible,
        at=timezone.now(),
    )


def draw(paper: Paper) -> None:
    """What the worker does with a draft that is owed, taken back at the end."""
    with transaction.atomic():
        drawn = render_draft(paper=Paper.objects.get(pk=paper.pk), at=timezone.now())
        if drawn.state != PaperState.DRAFT_READY:
            raise RuntimeError(drawn.error)
        transaction.set_rollback(True)


def subjects() -> list[Subject]:
    user, client = agent(), browser()
    InquiryDraft.objects.filter(owner=user).delete()
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
        rows = Inquiry.objects.visible_to(user)
        keyset_page(rows, cursor=cursor, size=SIZE, read=rows_of_list)

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
            "list, 90 days",
            60,
            filters,
            lambda query: get(client, f"{listing}?{query}"),
            40,
            each=True,
        ),
        Subject(
            "list, all time",
            1000,
            lambda: [f"{query}&period=all" for query in filters()],
            lambda query: get(client, f"{listing}?{query}"),
            20,
            each=True,
        ),
        Subject(
            "search in texts, 90 days",
            100,
            lambda: text_searches(""),
            lambda query: get(client, f"{listing}?{query}"),
            20,
            each=True,
        ),
        Subject(
            "search in texts, all time",
            100,
            lambda: text_searches("&period=all"),
            lambda query: get(client, f"{listing}?{query}"),
            20,
            each=True,
        ),
        Subject("list rows, page 1", 60, lambda: [""], rows_of_page),
        Subject("list rows, page 10,000", 60, lambda: [deep_cursor()], rows_of_page),
        Subject(
            "inbox of letters",
            60,
            inbox_addresses,
            lambda address: get(client, address),
            40,
            each=True,
        ),
        Subject("my day", None, lambda: [reverse("workspace:my_day")], lambda at: get(client, at)),
        Subject("other pages", None, pages, lambda at: get(client, at), 20, each=True),
        Subject("draft, warm worker", 600, lambda: [owed_draft()], draw, 15),
        Subject("set of four drafts", 3000, lambda: [0], papers.draw_set, 8),
        Subject("access held", 15, papers.organisations_that_hold, papers.held, 200),
        Subject("list of cases", 60, papers.case_lists, lambda at: get(client, at), 30, each=True),
        Subject("signed container", 15, signed_files.containers, signed_files.judge, 200),
        Subject("signed PDF", 200, signed_files.papers, signed_files.judge, 30),
    ]
