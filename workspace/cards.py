"""A card of "my day": one thing that waits for a person, how much of it, and its first rows."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User

ROWS_OF_A_CARD = 5

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One row of a card. Without an address it has no page of its own."""

    title: Words
    url: str | None = None
    detail: Words = ""
    at: datetime | None = None
    pill: Words = ""
    tone: str = ""  # "good", "warn", "bad", "acc" or nothing


@dataclass(frozen=True)
class Card:
    key: str
    title: Words
    icon: str
    count: int
    url: str | None = None
    out_of: int | None = None
    note: Words = ""
    tone: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def address(self) -> str | None:
        """Where the rows behind the number are: the list, else the card itself further down."""
        return self.url or (f"#{self.key}" if self.lines else None)


# One card, or several that one question answers.
Cards = Card | list[Card]
Provider = Callable[[User, datetime], Cards]
Questions = dict[str, QuerySet[Any]]


@dataclass(frozen=True)
class Figures:
    """Cards that are numbers alone. What they count is asked together with all others of the page."""

    questions: Callable[[User, datetime], Questions]
    cards: Callable[[User, datetime, Mapping[str, int]], Cards]


@dataclass(frozen=True)
class Offer:
    """A provider of cards, the permission that it needs, and the one that makes it needless."""

    permission: str
    provider: Provider | Figures
    unless: str = ""

    def is_for(self, user: User) -> bool:
        return user.has_perm(self.permission) and not (self.unless and user.has_perm(self.unless))


def address(route: str, *args: Any, **query: Any) -> str:
    """The address of a page. A name that no page has is a fault, and fails here."""
    where = reverse(route, args=args)
    return f"{where}?{urlencode(query)}" if query else where


def first_rows_by_group(
    rows: QuerySet[Any], *, group: str, order: Sequence[str], limit: int = ROWS_OF_A_CARD
) -> dict[Any, tuple[list[Any], int]]:
    """The first rows of each group and how many it has in all, in one query."""
    numbered = rows.annotate(
        in_all=Window(Count("pk"), partition_by=group),
        rank_in_group=Window(RowNumber(), partition_by=group, order_by=order),
    )
    found: dict[Any, tuple[list[Any], int]] = defaultdict(lambda: ([], 0))
    for row in numbered.filter(rank_in_group__lte=limit).order_by(group, "rank_in_group"):
        first, _in_all = found[getattr(row, group)]
        found[getattr(row, group)] = ([*first, row], row.in_all)
    return found


def counted(questions: Questions) -> dict[str, int]:
    """How many rows each question has, all in one query."""
    counts = [
        rows.order_by().values(of_card=Value(name)).annotate(rows_in_all=Count("pk"))
        for name, rows in questions.items()
    ]
    if not counts:
        return {}
    found = counts[0].union(*counts[1:], all=True).values_list("of_card", "rows_in_all")
    return dict.fromkeys(questions, 0) | dict(found)


def first_rows(rows: QuerySet[Any], limit: int = ROWS_OF_A_CARD) -> tuple[list[Any], int]:
    """The first rows and how many there are in all, in one query."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:limit])
    return found, found[0].in_all if found else 0
