"""Lists of inquiries and of letters: by every filter, by words, and far down."""

from collections import Counter
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

from benchmarks.subject import Subject, agent, browser, get
from clients.models import Client
from clients.phones import spoken_phone
from common.paging import keyset_page
from inquiries.actions import save_view
from inquiries.filters import FilterForm
from inquiries.models import Inquiry
from inquiries.queries import INBOX_ORDER, InboxFilters, letters_in_inbox, rows_of_list
from knowledge.models import Topic

DEEP_PAGE = 10_000
SIZE = 50


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


def subjects() -> list[Subject]:
    user, client = agent(), browser()
    listing = reverse("inquiries:list")

    def rows_of_page(cursor: str) -> None:
        rows = Inquiry.objects.visible_to(user)
        keyset_page(rows, cursor=cursor, size=SIZE, read=rows_of_list)

    return [
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
    ]
