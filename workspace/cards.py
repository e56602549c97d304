"""A card of "my day": one thing that waits for a person, how much of it, and its first rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Window
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from accounts.models import User

ROWS_OF_A_CARD = 5

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One row of a card. Without an address its page is not there yet, or not for this reader."""

    title: Words
    url: str | None = None
    detail: Words = ""
    at: datetime | None = None
    pill: Words = ""
    tone: str = ""  # "good", "warn", "bad" or nothing


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


Provider = Callable[[User, datetime], Card]


@dataclass(frozen=True)
class Offer:
    """A provider of a card and the permission without which nobody is asked to draw it."""

    permission: str
    provider: Provider


def address(route: str, *args: Any, **query: Any) -> str | None:
    """The address of a page, or None as long as the page is not there."""
    try:
        where = reverse(route, args=args)
    except NoReverseMatch:
        return None
    return f"{where}?{urlencode(query)}" if query else where


def first_rows(rows: QuerySet[Any], limit: int = ROWS_OF_A_CARD) -> tuple[list[Any], int]:
    """The first rows and how many there are in all, in one query."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:limit])
    return found, found[0].in_all if found else 0
