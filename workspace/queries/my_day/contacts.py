"""Cards about inquiries: begun, promised, owed by a day, passed on.

Each asks the same question as the list it leads to, so that figure and rows agree.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Window
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
from workspace.cards import Card, Line, address, first_rows

LIST = "inquiries:list"
WORDS_OF_A_DRAFT = 90


def left_open(user: User, at: datetime) -> Card:
    drafts, count = first_rows(InquiryDraft.objects.of(user))
    return Card(
        "left-open",
        gettext_lazy("Left open"),
        "pencil",
        count,
        None,  # the rows of the card are all there is
        note=_("to finish or discard") if count else "",
        lines=[draft_line(draft) for draft in drafts],
    )


def draft_line(draft: InquiryDraft) -> Line:
    words = " ".join(str(draft.typed.get("question", "")).split())
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


def terms_passed(user: User, at: datetime) -> Card:
    card = term_card(user, at, "over", "terms-passed", gettext_lazy("Legal terms passed"))
    return replace(card, tone="bad" if card.count else "")


def terms_near(user: User, at: datetime) -> Card:
    card = term_card(
        user, at, "near", "terms-near", gettext_lazy("Answers due within three working days")
    )
    return replace(card, tone="warn" if card.count else "")


def term_card(user: User, at: datetime, which: str, key: str, title: Any) -> Card:
    wanted = Filters(deadline=which, is_mine=is_desk(user))
    rows, count = rows_for(user, at, wanted, "answer_by", "pk")
    mine = {"mine": "on"} if is_desk(user) else {}
    tone = "bad" if which == "over" else "warn"
    return Card(
        key,
        title,
        "scale",
        count,
        address(LIST, period="all", deadline=which, **mine),
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


def own_open(user: User, at: datetime) -> Card:
    """The figure alone: what is pressing among them has cards of its own."""
    mine = filtered(Filters(state="open", is_mine=True), by=user, today=timezone.localdate(at))
    return Card(
        "own-open",
        gettext_lazy("My open inquiries"),
        "messages",
        mine.count(),
        address(LIST, period="all", state="open", mine="on"),
    )


def today(user: User, at: datetime) -> Card:
    day = timezone.localdate(at)
    return Card(
        "today",
        gettext_lazy("Inquiries today"),
        "chart-bar",
        filtered(Filters(since=day, until=day), by=user, today=day).count(),
        address(LIST, period="dates", since=day.isoformat(), until=day.isoformat()),
    )
