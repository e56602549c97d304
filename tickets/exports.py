"""Tickets as lines of a table, one after another, never all in memory."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from common.table_files import safe
from tickets.models import Ticket

CHUNK = 1_000
COLUMNS = (
    "number",
    "started_at",
    "raised_at",
    "group",
    "topic",
    "summary",
    "urgency",
    "state",
    "state_since",
    "link_state",
    "responsible",
    "assignee",
    "due_at",
    "word_at",
    "resolved_at",
    "told_at",
    "closed_at",
    "reopened",
)
CONTENT = ("client", "description", "steps_tried", "solution")


def lines_of(rows: QuerySet[Ticket], *, watermark: str, with_content: bool) -> Iterator[list[str]]:
    """Yield the mark of who took it out and why, the heads of the columns, and the rows."""
    columns = COLUMNS + CONTENT * with_content
    yield [safe(watermark)]
    yield [str(Ticket._meta.get_field(name).verbose_name) for name in columns]  # type: ignore[union-attr]
    related = ("topic", "group", "responsible", "assignee", "client")
    found = rows.select_related(*related).defer("client__personal_code", "facts")
    for row in found.iterator(chunk_size=CHUNK):
        yield [safe(_cell(row, name)) for name in columns]


def _cell(row: Ticket, name: str) -> str:
    value: Any = getattr(row, name)
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)
