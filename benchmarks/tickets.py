"""Tickets: lists, board, page, search, raising."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import Count
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from benchmarks.subject import Subject, agent, browser, get
from clients.models import Client
from common.paging import keyset_page
from inquiries.actions import save_view
from knowledge.models import Topic
from tickets.list_filter import TicketFilterForm
from tickets.models import Ticket, TicketGroup
from tickets.queries import TicketFilters, narrowed, work_lists_of
from tickets.states import TicketState

# A specialist, the senior specialist, the head, two of tier II: one of the demo, one of many.
PEOPLE = ("mari.kask", "kadri.lepp", "liis.mets", "margus.pold", "bench-solver-1")
DEEP = 10_000  # a page so far down
SIZE = 50
# Words from every third ticket to a few of ten thousand, in other forms than they are written in.
WORDS = ("klientidele", "aruannete", "ID-kaart", "доверенность", "pakendiaruannete", "kotkas")
SEVERAL = (
    "aruande ridu salvestada",
    "KOTKAS доверенность",
    "loahalduri vastus kliendile",
    "põder maanteel Tartu",
)


@cache
def browser_of(name: str) -> Browser:
    return browser(agent(name))


def page(variant: tuple[str, str]) -> None:
    name, address = variant
    get(browser_of(name), address)


def tabs() -> list[tuple[str, str]]:
    """Every work list of each of them."""
    address = reverse("tickets:list")
    return [
        (name, f"{address}?list={one.code}")
        for name in PEOPLE
        for one in work_lists_of(agent(name))
    ]


def filters() -> list[tuple[str, str]]:
    """Each filter alone, and pairs of choices that few tickets have, on the list of all."""
    alone = []
    for name, field in TicketFilterForm().fields.items():
        choices = [value for value in _values(getattr(field, "choices", ())) if value]
        if name != "list":
            alone += [f"{name}={value}" for value in choices[:: max(1, len(choices) // 8)]]
    group, person = TicketGroup.objects.order_by("pk").first(), agent("mari.kask")
    topics = Topic.objects.exclude(tier2_group="").order_by("pk")
    rare = topics.exclude(tier2_group=group.code).first()
    long_ago = timezone.localdate() - dt.timedelta(days=600)
    pairs = [
        f"group={group.pk}&topic={rare.pk}",  # nothing has both
        f"responsible={person.pk}&topic={rare.pk}",
        f"state=cancelled&topic={topics.last().pk}&responsible={person.pk}",
        f"state=ended&urgency=high&group={group.pk}&responsible={person.pk}",
        f"state=needs_info&topic={rare.pk}&urgency=critical",
        f"urgency=critical&until={long_ago}",
        f"responsible={person.pk}&until={long_ago}",
        f"group={group.pk}&responsible={person.pk}&since={long_ago}&until={long_ago}",
        "state=draft",
    ]
    address = reverse("tickets:list")
    return [
        (name, f"{address}?list=all&{query}")
        for name in ("kadri.lepp", "margus.pold")
        for query in [*alone, *pairs]
    ]


def _values(choices: Any) -> Iterator[str]:
    for value, label in choices:
        yield from (
            (str(one) for one, _ in label) if isinstance(label, list | tuple) else [str(value)]
        )


def later_pages() -> list[tuple[str, str]]:
    """Page 2 of every list that has one, and page 10,000 of all (or the last quarter)."""
    now, found, address = timezone.now(), [], reverse("tickets:list")
    for name in PEOPLE:
        user = agent(name)
        for one in work_lists_of(user):
            rows = narrowed(TicketFilters(of_list=one.code), by=user, at=now)
            page = keyset_page(rows, order=one.order, size=SIZE)
            if page.next:
                found.append((name, f"{address}?list={one.code}&cursor={page.next}"))
    return [*found, ("kadri.lepp", f"{address}?list=all&cursor={_deep_cursor()}")]


def _deep_cursor() -> str:
    rows = Ticket.objects.filter(raised_at__isnull=False).order_by("-started_at", "-pk")
    depth = min(DEEP * SIZE, rows.count() * 3 // 4)
    started_at = rows.values_list("started_at", flat=True)[depth]
    return keyset_page(rows.filter(started_at__lte=started_at), size=SIZE).next


def boards() -> list[tuple[str, str]]:
    address, group = reverse("tickets:board"), TicketGroup.objects.order_by("pk").first()
    whose = {
        "kadri.lepp": ("all", "mine"),
        "mari.kask": ("all", "mine"),
        "margus.pold": ("group", "assigned", "all"),
    }
    return [
        (name, f"{address}?list={code}{more}")
        for name, codes in whose.items()
        for code in codes
        for more in ("", f"&group={group.pk}")
    ]


def long_tickets() -> list[tuple[str, str]]:
    """Tickets with two hundred comments, as the desk and as tier II opens them."""
    newest = Ticket.objects.filter(state=TicketState.IN_PROGRESS).order_by("-pk")[:20_000]
    found = Ticket.objects.filter(pk__in=newest.values("pk")).annotate(said=Count("comments"))
    ticket = found.filter(said__gte=200).select_related("responsible", "assignee").first()
    address = reverse("tickets:ticket", args=[ticket.pk])
    names = dict.fromkeys(("kadri.lepp", ticket.responsible.username, ticket.assignee.username))
    for name in names:
        browser_of(name)  # signed in before anything is counted
    return [(name, address) for name in names]


def searches(texts: Any) -> list[tuple[str, str]]:
    """A text never stands in an address: it is kept as a saved view."""
    found = []
    for name, text in itertools.product(("mari.kask", "kadri.lepp", "margus.pold"), texts):
        user = agent(name)
        filters = {"list": "all", "text": text}
        view = save_view(filters=filters, of_list="tickets", by=user, at=timezone.now())
        found.append((name, f"{reverse('tickets:list')}?view={view.key}"))
    return found


def rare_texts() -> list[str]:
    """The number of a permit that some tickets speak of, a ticket's own, and what nobody ever said."""
    ticket = Ticket.objects.exclude(number="").order_by("-pk").first()
    old = Ticket.objects.exclude(number="").order_by("pk").first()
    return [ticket.facts["permit_number"], ticket.number, old.number, "krüptomünt"]


class Raising:
    """What one person does to hand over a ticket: a new page, kept once while it is typed, raised."""

    def __init__(self) -> None:
        user = agent("mari.kask")
        self.browser = browser(user)
        self.group = TicketGroup.objects.get(code="LOAHALDUR")
        self.client = Client.objects.order_by("pk").first()
        self.topic = Topic.objects.filter(tier2_group="LOAHALDUR").order_by("pk").first()
        self.made: list[str] = []
        self.places = itertools.count()

    def typed(self) -> dict[str, str]:
        return {
            "client": str(self.client.pk),
            "topic": str(self.topic.pk),
            "group": str(self.group.pk),
            "language": "et",
            "summary": f"Veeloa muutmise taotlus seisab menetluses {next(self.places)}",
            "description": "Klient esitas veeloa muutmise taotluse kolm kuud tagasi, loahaldurit ei ole.",
            "steps_tried": "Vaatasin oleku üle ja kontrollisin, et riigilõiv on laekunud.",
            "fact_permit_number": "KL-512345",
            "fact_place": "Kose vald",
            "urgency": "normal",
            "may_contact": "yes",
        }

    def open(self, _variant: object) -> None:
        get(self.browser, reverse("tickets:write", args=[uuid.uuid4()]))

    def save(self, _variant: object) -> None:
        key = str(uuid.uuid4())
        self._post("save", key, {**self.typed(), "version": "0"}, 200)
        self.made.append(key)

    def hand_over(self, _variant: object) -> None:
        key = self.made.pop()
        self._post("write", key, {**self.typed(), "version": "2", "act": "raise"}, 302)

    def _post(self, page: str, key: str, typed: dict[str, str], status: int) -> None:
        answer = self.browser.post(reverse(f"tickets:{page}", args=[key]), typed)
        if answer.status_code != status:
            raise RuntimeError(f"{page}: {answer.status_code} {answer.content[:2000]!r}")


def subjects() -> list[Subject]:
    raising = Raising()
    for name in PEOPLE:
        browser_of(name)
    day = reverse("workspace:my_day")
    return [
        Subject("tickets: work lists", 60, tabs, page, 30, each=True),
        Subject("tickets: list of all, filters", 60, filters, page, 30, each=True),
        Subject("tickets: later pages", 60, later_pages, page, 30, each=True),
        Subject("tickets: board", 60, boards, page, 30, each=True),
        Subject("tickets: one with 200 comments", 100, long_tickets, page, 30, each=True),
        Subject("tickets: search, common words", 100, lambda: searches(WORDS), page, 20, each=True),
        Subject(
            "tickets: search, several words", 100, lambda: searches(SEVERAL), page, 20, each=True
        ),
        Subject(
            "tickets: search, rare or number",
            100,
            lambda: searches(rare_texts()),
            page,
            20,
            each=True,
        ),
        Subject("tickets: new page", 50, lambda: [0], raising.open),
        Subject("tickets: draft saved", 50, lambda: [0] * 30, raising.save, 90),
        Subject("tickets: raised", 50, lambda: [0] * 20, raising.hand_over, 60),
        Subject(
            "tickets: my day", None, lambda: [(name, day) for name in PEOPLE], page, 30, each=True
        ),
    ]
