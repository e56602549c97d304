"""The rows of a list as lines of a table, one after another, never all in memory."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from common.table_files import safe
from inquiries.models import Inquiry
from inquiries.queries import mark_readable

CHUNK = 1_000
COLUMNS = (
    "number",
    "started_at",
    "ended_at",
    "channel",
    "language",
    "identified_how",
    "first_fact",
    "second_fact",
    "topic",
    "owner_unit",
    "county",
    "outcome",
    "state",
    "legal_kind",
    "answer_by",
    "agent",
)
CONTENT = ("client", "caller_number", "question", "answer")
NOT_FOR_ALL = frozenset(
    {*CONTENT, "topic"}
)  # of what is for internal use; a list does not show them either


def lines_of(
    rows: QuerySet[Inquiry], *, by: User, today: date, watermark: str, with_content: bool
) -> Iterator[list[str]]:
    """Yield the mark of who took it out and why, the heads of the columns, and the rows."""
    columns = COLUMNS + CONTENT * with_content
    yield [safe(watermark)]
    yield [str(Inquiry._meta.get_field(name).verbose_name) for name in columns]  # type: ignore[union-attr]
    related = ("topic", "owner_unit", "agent", "client")
    found = (
        rows.select_related(*related).defer("client__personal_code").order_by("-started_at", "-pk")
    )
    stream = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        for row in mark_readable(chunk, by=by, today=today):
            yield [safe(_cell(row, name)) for name in columns]


def _cell(row: Inquiry, name: str) -> str:
    if name in NOT_FOR_ALL and not row.is_readable:  # type: ignore[attr-defined]
        return gettext("for internal use")
    value: Any = getattr(row, name)
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)
