"""Cards about inquiries: begun, promised, owed by a day, passed on.

Each asks the same question as the list it leads to, so that figure and rows agree.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.roles import Scope
from common.templatetags.moments import moment
from inquiries.models import InquiryDraft
from inquiries.queries import Filters, filtered, mark_readable, rows_of_list
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

LIST = "inquiries:list"
WORDS_OF_A_DRAFT = 90
A_WEEK = timedelta(days=7)


def left_open(user: User, at: datetime) -> Card:
    """A form that was opened and left untouched is nobody's work."""
    drafts = [draft for draft in InquiryDraft.objects.of(user) if not draft.is_empty]
    return Card(
        "left-open",
        gettext_lazy("Left open"),
        "pencil",
        len(drafts),
        None,  # the rows of the card are all there is
        note=_("to finish or discard") if drafts else "",
        lines=[draft_line(draft) for draft in drafts],
    )


def draft_line(draft: InquiryDraft) -> Line:
    typed = (str(draft.typed.get(name, "")) for name in ("question", "answer", "caller_lookup"))
    words = next((" ".join(text.split()) for text in typed if text.strip()), "")
    return Line(
        title=words[:WORDS_OF_A_DRAFT] or _("Nothing written yet"),
        url=address("workspace:call_draft", draft.pk),
        at=draft.started_at,
    )


def is_desk(user: User) -> bool:
    """Whether this person works on inquiries of the own desk, rather than looks after others'."""
    return user.scope_of("inquiries.change_inquiry") == Scope.OWN


def rows_for(user: User, at: datetime, filters: Filters, *order: str) -> tuple[list[Any], int]:
    today = timezone.localdate(at)
    found = rows_of_list(filtered(filters, by=user, today=today)).order_by(*order)
    rows, count = first_rows(
        found.annotate(
            since=F("state_since"),
            late_in_all=Window(Count("pk", filter=Q(callback_due_at__lte=at))),
        )
    )
    return mark_readable(rows, by=user, today=today), count


def line_of(inquiry: Any, **more: Any) -> Line:
    """Topic first; what is for internal use shows its number alone."""
    client = inquiry.client.name if inquiry.client and inquiry.is_readable else ""
    return Line(
        title=inquiry.topic.name() if inquiry.topic else inquiry.get_channel_display(),
        url=address("inquiries:show", inquiry.pk),
        detail=" · ".join(filter(None, [inquiry.number, client])),
        **more,
    )


def callbacks(user: User, at: datetime) -> Card:
    wanted = Filters(state=InquiryState.CALLBACK, is_mine=is_desk(user))
    rows, count = rows_for(user, at, wanted, "callback_due_at", "pk")
    late = rows[0].late_in_all if rows else 0
    return Card(
        "callbacks",
        gettext_lazy("Callbacks promised"),
        "phone-outgoing",
        count,
        address("inquiries:callbacks", **({"mine": "on"} if is_desk(user) else {})),
        note=ngettext("%(late)s is late", "%(late)s are late", late) % {"late": late}
        if late
        else "",
        tone="bad" if late else "",
        lines=[callback_line(row, at) for row in rows],
    )


def callback_line(inquiry: Any, at: datetime) -> Line:
    due = inquiry.callback_due_at
    if due <= at:
        return line_of(inquiry, at=due, pill=_("late"), tone="bad")
    return line_of(inquiry, pill=_("by %(moment)s") % {"moment": moment(due)})


def terms(user: User, at: datetime) -> list[Card]:
    """Answers that are late, and those due soon: one question for both."""
    today = timezone.localdate(at)
    owed = filtered(Filters(deadline="owed", is_mine=is_desk(user)), by=user, today=today)
    is_over = Case(When(answer_by__lt=today, then=Value("over")), default=Value("near"))
    groups = first_rows_by_group(
        rows_of_list(owed).annotate(term=is_over), group="term", order=("answer_by", "pk")
    )
    for rows, _count in groups.values():
        mark_readable(rows, by=user, today=today)
    passed, near = (
        gettext_lazy("Legal terms passed"),
        gettext_lazy("Answers due within three working days"),
    )
    return [
        term_card(user, "terms-passed", passed, "over", *groups["over"]),
        term_card(user, "terms-near", near, "near", *groups["near"]),
    ]


def term_card(user: User, key: str, title: Any, which: str, rows: list[Any], count: int) -> Card:
    tone = "bad" if which == "over" else "warn"
    mine = {"mine": "on"} if is_desk(user) else {}
    return Card(
        key,
        title,
        "scale",
        count,
        address(LIST, period="all", deadline=which, **mine),
        tone=tone if count else "",
        lines=[line_of(row, pill=term_in_words(row), tone=tone) for row in rows],
    )


def term_in_words(inquiry: Any) -> str:
    return _("by %(moment)s") % {"moment": date_format(inquiry.answer_by, "SHORT_DATE_FORMAT")}


def with_unit(user: User, at: datetime) -> Card:
    """For a unit's head what the unit must answer; for the desk what it still waits for."""
    state = InquiryState.WITH_UNIT
    rows, count = rows_for(user, at, Filters(state=state), "state_since", "pk")
    return Card(
        "with-unit",
        gettext_lazy("Forwarded to units"),
        "arrow-forward",
        count,
        address(LIST, period="all", state=state.value),
        lines=[line_of(row, at=row.since) for row in rows],
    )


def _own_open_rows(user: User, at: datetime) -> Questions:
    mine = Filters(state="open", is_mine=True)
    return {"own-open": filtered(mine, by=user, today=timezone.localdate(at))}


def _own_open(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    return Card(
        "own-open",
        gettext_lazy("My open inquiries"),
        "messages",
        numbers["own-open"],
        address(LIST, period="all", state="open", mine="on"),
    )


own_open = Figures(_own_open_rows, _own_open)  # what is pressing among them has cards of its own


def _is_head_of_unit(user: User) -> bool:
    return user.scope_of("inquiries.view_inquiry") == Scope.UNIT


def _today_rows(user: User, at: datetime) -> Questions:
    day = timezone.localdate(at)
    if _is_head_of_unit(user):
        return {}
    return {"today": filtered(Filters(since=day, until=day), by=user, today=day)}


def _today(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    """For a unit's head the unit's inquiries of a week: a day of them is few."""
    day = timezone.localdate(at).isoformat()
    if _is_head_of_unit(user):
        return week_of_unit(user, at)
    return Card(
        "today",
        gettext_lazy("Inquiries today"),
        "chart-bar",
        numbers["today"],
        address(LIST, period="dates", since=day, until=day),
    )


today = Figures(_today_rows, _today)


def week_of_unit(user: User, at: datetime) -> Card:
    since = timezone.localdate(at) - A_WEEK
    rows, count = rows_for(user, at, Filters(since=since), "-started_at", "-pk")
    return Card(
        "unit-week",
        gettext_lazy("Inquiries of the unit in a week"),
        "chart-bar",
        count,
        address(LIST, period="dates", since=since.isoformat()),
        lines=[line_of(row, at=row.started_at, pill=row.get_state_display()) for row in rows],
    )
