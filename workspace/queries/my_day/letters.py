"""Cards about letters; each asks the same question as the inbox it leads to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Q, Value, When, Window
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from common.mail_states import IncomingState
from common.models import IncomingMail
from common.queries import mailbox_in_use
from inquiries.queries import (
    INBOX_ORDER,
    InboxFilters,
    letters_in_inbox,
    mark_readable,
    questions_to_units,
    rows_of_inbox,
)
from inquiries.states import InquiryState
from workspace.cards import (
    Card,
    Figures,
    Line,
    Questions,
    address,
    first_rows,
    first_rows_by_group,
)
from workspace.queries.my_day.contacts import term_in_words

INBOX = "inquiries:inbox"
TITLE_LENGTH = 80


def waiting(user: User, at: datetime) -> list[Card]:
    """One's own letters, those of them that are pressing, and those that nobody has: one question."""
    today = timezone.localdate(at)
    whose = Case(When(state=InquiryState.RECEIVED, then=Value("unassigned")), default=Value("mine"))
    found = letters_in_inbox(InboxFilters(whose="in_reach"), by=user, today=today)
    late, due = (
        Window(Count("pk", filter=passed), partition_by="whose")
        for passed in (Q(answer_by__lt=today), Q(answer_by__lte=today))
    )
    groups = first_rows_by_group(
        rows_of_inbox(found).annotate(whose=whose, late_in_all=late, due_in_all=due),
        group="whose",
        order=INBOX_ORDER,
    )
    titles = {
        "mine": gettext_lazy("Letters waiting for me"),
        "unassigned": gettext_lazy("Letters that nobody has"),
    }
    for rows, _count in groups.values():
        mark_readable(rows, by=user, today=today)
    mine, nobodys = (_card(whose, title, *groups[whose], today) for whose, title in titles.items())
    return [_pressing(groups["mine"][0]), mine, nobodys]


def _pressing(mine: list[Any]) -> Card:
    """The figure alone: the rows stand on the card of one's own letters."""
    due = mine[0].due_in_all if mine else 0
    return Card(
        "letters-due",
        gettext_lazy("My letters due today or late"),
        "calendar-due",
        due,
        address(INBOX, whose="mine", due="today"),
        **_late(mine),
    )


def _card(whose: str, title: Any, rows: list[Any], count: int, today: date) -> Card:
    return Card(
        f"letters-{whose}",
        title,
        "mail",
        count,
        address(INBOX, whose=whose),
        **_late(rows),
        lines=[_line(row, today) for row in rows],
    )


def _late(rows: list[Any]) -> dict[str, Any]:
    late = rows[0].late_in_all if rows else 0
    if not late:
        return {}
    return {
        "note": ngettext("%(late)s is late", "%(late)s are late", late) % {"late": late},
        "tone": "bad",
    }


def _line(inquiry: Any, today: date) -> Line:
    words = " ".join(inquiry.question.split()) if inquiry.is_readable else ""
    return Line(
        title=Truncator(words).chars(TITLE_LENGTH) or inquiry.get_channel_display(),
        url=address("inquiries:show", inquiry.pk),
        detail=inquiry.number,
        pill=term_in_words(inquiry),
        tone="bad" if inquiry.answer_by < today else "",
    )


def to_unit(user: User, at: datetime) -> Card:
    """What the head's unit has been asked and has not answered."""
    today = timezone.localdate(at)
    rows, count = first_rows(questions_to_units(by=user))
    late_ones = sum(row.is_late_on(today) for row in rows)
    return Card(
        "letters-to-unit",
        gettext_lazy("Letters to my unit"),
        "arrow-forward",
        count,
        address("inquiries:unit_requests"),
        tone="bad" if late_ones else "",
        lines=[
            Line(
                title=str(row.inquiry.topic or row.inquiry.number),
                url=address("inquiries:unit_answer", row.pk),
                detail=f"{row.inquiry.number} · {row.asked_by}",
                tone="bad" if row.is_late_on(today) else "",
            )
            for row in rows
        ],
    )


def _mails(user: User, at: datetime) -> Questions:
    return {
        "set-aside": IncomingMail.objects.filter(state=IncomingState.SET_ASIDE),
        "mailbox-silent": mailbox_in_use().silent(at),
    }


def _mailbox(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    """Mail that was not filed by itself waits for a person; and nobody may be reading the mailbox."""
    where = address("inquiries:mailbox")
    card = Card("set-aside", gettext_lazy("Mail set aside"), "archive", numbers["set-aside"], where)
    if not numbers["mailbox-silent"]:
        return card
    words = _("Not read for more than %(minutes)s minutes")
    line = Line(
        title=words % {"minutes": settings.MAILBOX_SILENT_MINUTES}, url=where, detail=_("Mailbox")
    )
    return replace(card, note=_("the mailbox is not read"), tone="bad", lines=[line])


mailbox = Figures(_mails, _mailbox)
