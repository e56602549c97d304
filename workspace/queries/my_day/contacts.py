"""Cards about inquiries: begun, promised, owed by a day, passed on."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.roles import Scope
from inquiries.models import Inquiry, InquiryDraft
from inquiries.models.inquiry import InquiryQuerySet
from inquiries.states import InquiryState
from workspace.cards import Card, Line, address, first_rows

LIST = "inquiries:list"
SOON = timedelta(days=3)
WORDS_OF_A_DRAFT = 90


def of_mine(user: User) -> InquiryQuerySet:
    """A desk's own work and that of colleagues substituted; a unit's or all for who leads."""
    rows: InquiryQuerySet = Inquiry.objects.visible_to(user)
    if user.scope_of("inquiries.change_inquiry") == Scope.OWN:
        rows = rows.filter(responsible__in=user.acts_for_ids)
    return rows.select_related("topic", "client", "responsible")


def line_of(inquiry: Inquiry, *, at: datetime | None, tone: str = "", pill: str = "") -> Line:
    parts = [inquiry.number, inquiry.client.name if inquiry.client else ""]
    return Line(
        title=inquiry.topic.name() if inquiry.topic else inquiry.get_channel_display(),
        url=address("inquiries:inquiry", inquiry.pk),
        detail=" · ".join(part for part in parts if part),
        at=at,
        pill=pill,
        tone=tone,
    )


def left_open(user: User, at: datetime) -> Card:
    drafts, count = first_rows(InquiryDraft.objects.of(user))
    return Card(
        "left-open",
        gettext_lazy("Left open"),
        "pencil",
        count,
        address("workspace:call"),
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


def callbacks(user: User, at: datetime) -> Card:
    waiting = of_mine(user).waiting_for_callback()
    rows, count = first_rows(waiting)
    late = waiting.filter(callback_due_at__lte=at).count() if count else 0
    return Card(
        "callbacks",
        gettext_lazy("Callbacks promised"),
        "phone-outgoing",
        count,
        address("inquiries:callbacks"),
        note=ngettext("%(late)s is late", "%(late)s are late", late) % {"late": late}
        if late
        else "",
        tone="bad" if late else "",
        lines=[
            line_of(
                row,
                at=row.callback_due_at,
                tone="bad" if row.callback_due_at <= at else "",
                pill=_("late") if row.callback_due_at <= at else "",
            )
            for row in rows
        ],
    )


def legal_terms(user: User, at: datetime) -> Card:
    today = timezone.localdate(at)
    owed = of_mine(user).with_legal_deadline().order_by("answer_by", "pk")
    rows, count = first_rows(owed)
    soon = owed.filter(answer_by__lte=today + SOON).count() if count else 0
    return Card(
        "legal-terms",
        gettext_lazy("Answers with a legal term"),
        "scale",
        count,
        address(LIST, deadline="near"),
        note=ngettext("%(soon)s within three days", "%(soon)s within three days", soon)
        % {"soon": soon}
        if soon
        else "",
        tone="warn" if soon else "",
        lines=[legal_line(row, today) for row in rows],
    )


def legal_line(inquiry, today):
    is_over = inquiry.answer_by < today
    day = date_format(inquiry.answer_by, "SHORT_DATE_FORMAT")
    tone = "bad" if is_over else "warn" if inquiry.answer_by <= today + SOON else ""
    return line_of(inquiry, at=None, tone=tone, pill=_("by %(day)s") % {"day": day})


def with_unit(user: User, at: datetime) -> Card:
    forwarded = Inquiry.objects.visible_to(user).filter(state=InquiryState.WITH_UNIT)
    rows, count = first_rows(
        forwarded.select_related("topic", "client").order_by("state_since", "pk")
    )
    return Card(
        "with-unit",
        gettext_lazy("Forwarded to units"),
        "arrow-forward",
        count,
        address(LIST, state=InquiryState.WITH_UNIT.value),
        lines=[line_of(row, at=row.state_since) for row in rows],
    )


def own_open(user: User, at: datetime) -> Card:
    mine = Inquiry.objects.visible_to(user).filter(responsible__in=user.acts_for_ids).open()
    others = mine.exclude(state__in=[InquiryState.CALLBACK, InquiryState.WITH_UNIT])
    rows, count = first_rows(
        others.select_related("topic", "client").order_by("-state_since", "-pk")
    )
    return Card(
        "own-open",
        gettext_lazy("My open inquiries"),
        "messages",
        count,
        address(LIST, state="open", is_mine="on"),
        lines=[line_of(row, at=row.state_since, pill=row.get_state_display()) for row in rows],
    )


def today(user: User, at: datetime) -> Card:
    begin = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    day = timezone.localdate(at).isoformat()
    return Card(
        "today",
        gettext_lazy("Inquiries today"),
        "chart-bar",
        Inquiry.objects.visible_to(user).filter(started_at__gte=begin).count(),
        address(LIST, since=day, until=day),
    )
