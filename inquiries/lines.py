"""A line of the list of inquiries: what a row says, in the reader's language.

A page has fifty of them, so what they share is worked out once a page and not once a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from inquiries.models import Channel, Inquiry, Language
from inquiries.states import InquiryState

QUESTION_SHOWN = 90  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """An inquiry as the list shows it."""

    address: str
    number: str
    started_at: str  # as a machine reads it
    started: str
    matter: "Matter | None"  # None: not for this reader
    tone: str
    state: str
    answer_by: str  # while it is owed
    channel: str
    language: str
    unit: str
    agent: str
    responsible: str  # where it is not the agent


@dataclass(frozen=True, slots=True)
class Matter:
    """Whose inquiry it is and about what; a word stands for a client without a name."""

    client: str
    word: str
    topic: str
    question: str


def lines_of(rows: Iterable[Inquiry]) -> list[Line]:
    """The rows of a page, once `queries.mark_readable` has marked them."""
    words = {kind: _words(kind) for kind in (InquiryState, Channel, Language)}
    nobody = {True: _("anonymous"), False: _("unknown")}
    before, after = reverse("inquiries:show", args=[0]).rsplit("0", 1)
    lines = []
    for row in rows:
        started = timezone.localtime(row.started_at)
        lines.append(
            Line(
                address=f"{before}{row.pk}{after}",
                number=row.number,
                started_at=started.isoformat(),
                started=date_format(started, "SHORT_DATETIME_FORMAT"),
                matter=_matter(row, nobody[row.is_anonymous]) if row.is_readable else None,
                tone=row.tone,
                state=words[InquiryState][row.state],
                answer_by=_day(row.answer_by) if row.is_open else "",
                channel=words[Channel][row.channel],
                language=words[Language][row.language],
                unit=str(row.owner_unit or "–"),
                agent=str(row.agent or "–"),
                responsible="" if row.responsible_id == row.agent_id else str(row.responsible),
            )
        )
    return lines


def _matter(row: Inquiry, nobody: str) -> Matter:
    return Matter(
        client=row.client.name if row.client else "",
        word=nobody,
        topic=str(row.topic or ""),
        question=Truncator(row.question).chars(QUESTION_SHOWN),
    )


def _words(kind: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in kind.choices}


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
