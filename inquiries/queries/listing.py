from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Unit, User
from accounts.roles import Scope
from common.clock import working_clock
from common.paging import KeysetPage, keyset_page
from inquiries.models import Inquiry
from inquiries.models.inquiry_reach import unit_and_below
from inquiries.queries.search import Found, found_among, midnight
from inquiries.states import OPEN_STATES
from knowledge.models import Topic

COUNTED_UP_TO = 1_000
NEAR_WORKING_DAYS = 3


LIST_FIELDS = (
    "number",
    "channel",
    "language",
    "started_at",
    "question",
    "state",
    "outcome",
    "is_anonymous",
    "caller_number",
    "answer_by",
    "callback_due_at",
    "callback_number",
    "is_restricted",
    "restricted_until",
    "client__name",
    "topic__name_et",
    "topic__name_en",
    "topic__name_ru",
    "owner_unit__name_et",
    "owner_unit__name_en",
    "owner_unit__name_ru",
    "agent__first_name",
    "agent__last_name",
    "agent__username",
    "responsible__first_name",
    "responsible__last_name",
    "responsible__username",
)


@dataclass(frozen=True)
class Filters:
    """What the list of inquiries is narrowed to; each empty value lets everything through."""

    since: date | None = None
    until: date | None = None
    state: str = ""  # a state, or "open"
    outcome: str = ""
    channel: str = ""
    language: str = ""
    county: str = ""
    topic: Topic | None = None  # of either level
    unit: Unit | None = None  # with the units below it
    agent: User | None = None
    deadline: str = ""  # "near", "over", or "owed" for both
    is_mine: bool = False
    text: str = ""


@dataclass(frozen=True)
class Count:
    """How many rows there are, counted only so far."""

    number: int
    is_more: bool


def filtered(filters: Filters, *, by: User, today: date) -> QuerySet[Inquiry]:
    return found(filters, by=by, today=today).rows


def found(filters: Filters, *, by: User, today: date) -> Found:
    """The rows that the filters let through, to be read in order and to be counted."""
    rows = Inquiry.objects.visible_to(by).filter(_period(filters), _matter(filters, by))
    if filters.deadline:
        rows = rows.filter(_deadline(filters.deadline, today))
    if filters.text:
        found = found_among(rows, filters.text, by=by, today=today, since=filters.since)
        alone = Filters(since=filters.since, text=filters.text)
        return found if filters == alone else replace(found, recent=None)
    return Found(rows, rows)


def _period(filters: Filters) -> Q:
    narrowed = Q()
    if filters.since:
        narrowed &= Q(started_at__gte=midnight(filters.since))
    if filters.until:
        narrowed &= Q(started_at__lt=midnight(filters.until + timedelta(days=1)))
    return narrowed


def _matter(filters: Filters, by: User) -> Q:
    narrowed = Q()
    for name in ("outcome", "channel", "language", "county", "agent"):
        if getattr(filters, name):
            narrowed &= Q(**{name: getattr(filters, name)})
    if filters.state == "open":
        narrowed &= Q(state__in=OPEN_STATES)
    elif filters.state:
        narrowed &= Q(state=filters.state)
    if filters.topic:
        narrowed &= Q(**{"main_topic" if filters.topic.level == 1 else "topic": filters.topic})
    if filters.unit:
        units = filters.unit.descendants()
        narrowed &= Q(owner_unit__in=units) if len(units) > 1 else Q(owner_unit=units[0])
    if filters.is_mine:
        narrowed &= Q(responsible__in=by.acts_for_ids)
    return narrowed


def _deadline(which: str, today: date) -> Q:
    open_with_deadline = Q(answer_by__isnull=False, state__in=OPEN_STATES)
    if which == "over":
        return open_with_deadline & Q(answer_by__lt=today)
    last = working_clock().add_days(today, NEAR_WORKING_DAYS)
    if which == "owed":  # both
        return open_with_deadline & Q(answer_by__lte=last)
    return open_with_deadline & Q(answer_by__gte=today, answer_by__lte=last)


def rows_of_list(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """With all that a row of a list shows and nothing else: no encrypted code is opened."""
    related = ("client", "topic", "owner_unit", "agent", "responsible")
    return rows.select_related(*related).only(*LIST_FIELDS)


def page_found(found: Found, *, cursor: str, size: int) -> tuple[KeysetPage, Count]:
    """A page of what is found, and how much that is; what is costly to gather is gathered once."""
    rows, newest = found.rows, _newest(found)
    if newest is not None and not cursor:
        rows = Inquiry.objects.filter(pk__in=newest[: size + 1])
    page = keyset_page(rows, cursor=cursor, size=size, read=rows_of_list)
    return page, count_found(found, page=page) if newest is None else _capped(len(newest))


def _newest(found: Found) -> list[int] | None:
    """The keys of as many as are counted, where it pays to read these first."""
    if found.recent is not None:
        newest = _first_keys(found.recent)
        if len(newest) > COUNTED_UP_TO:
            return newest
    return _first_keys(found.rows) if found.is_costly else None


def _first_keys(rows: QuerySet[Inquiry]) -> list[int]:
    keys = rows.order_by("-started_at", "-pk").values_list("pk", flat=True)
    return list(keys[: COUNTED_UP_TO + 1])


def count_found(found: Found, *, page: KeysetPage | None = None) -> Count:
    order = () if found.is_gathered else ("-started_at", "-pk")
    return capped_count(found.counted, page=page, order=order)


def capped_count(
    rows: QuerySet[Any],
    *,
    page: KeysetPage | None = None,
    order: Sequence[str] = ("-started_at", "-pk"),
) -> Count:
    """Count as far as a person reads a count; what is all on one page is counted there.

    In the order of the page, so that the same index answers.
    """
    if page is not None and not page.next and not page.previous:
        return Count(len(page.rows), is_more=False)
    ordered = rows.order_by(*order)
    number = ordered.values("pk")[: COUNTED_UP_TO + 1].count()
    return _capped(number)


def _capped(number: int) -> Count:
    return Count(min(number, COUNTED_UP_TO), is_more=number > COUNTED_UP_TO)


def mark_readable(rows: list[Inquiry], *, by: User, today: date) -> list[Inquiry]:
    """Say on each row whether this person may read what it holds, without a query a row."""
    scope = by.scope_of("inquiries.view_restricted")
    units = (
        {unit.pk for unit in unit_and_below(by)}
        if scope == Scope.UNIT and any(row.is_restricted for row in rows)
        else set()
    )
    own = set(by.acts_for_ids)
    for row in rows:
        row.is_readable = not row.is_restricted_on(today) or (
            scope == Scope.ALL
            or (scope == Scope.UNIT and row.owner_unit_id in units)
            or (scope == Scope.OWN and not own.isdisjoint((row.agent_id, row.responsible_id)))
        )
    return rows


def count_open_inquiries(user_id: int) -> int:
    """How many inquiries somebody has to follow to their end, for whoever steps in."""
    return Inquiry.objects.open().filter(responsible=user_id).count()
