"""Which inquiries a text means: by number, caller, client or object, or by the words in them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Scope
from clients.phones import PhoneNotValid, bare_number, digits_of, normal_phone
from clients.queries import find_client_ids
from common.base_forms import Asked
from common.words import asked, expected, gathered, of_months
from inquiries.models import Inquiry, InquiryWords, PastInquiry, object_key
from inquiries.models.inquiry_reach import within

NUMBER = re.compile(r"(?:P[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)
# Beyond a million in a year a number needs its P: without it, it could be a phone.
LONG_NUMBER = re.compile(r"P[\s-]*(\d{4})[\s-]+(\d{7,9})", re.IGNORECASE)
SHORTEST_PHONE = 5
SHORTEST_OBJECT = 4
MOST = 1_000
MOST_CLIENTS = 50
# So many rows are gathered by the index of words: at no cost to speak of, to be sorted, or to be counted
# (fewer where a period is short enough to be walked). Of more the list is walked, newest first.
FEW, BEFORE_MONTHS, SORTED = 1_000, 5_000, 20_000
COUNTED_IN_A_PERIOD, COUNTED = 60_000, 150_000
# The latest months alone are gathered where they are likely to hold a full count, and not very much more.
RECENT_MONTHS, LEAST_RECENT, MOST_RECENT = 3, 2_000, 10_000


@dataclass(frozen=True)
class Found:
    """What a text means among rows: to be read in order, and the same to be counted."""

    rows: QuerySet[Inquiry]
    counted: QuerySet[Inquiry]
    is_gathered: bool = False  # what is counted: then no order is needed, and none is asked for
    is_costly: bool = False  # many are gathered and sorted: not to be done twice
    recent: QuerySet[Inquiry] | None = None  # the newest of the rows, all from some month on


def matching(
    rows: QuerySet[Inquiry], text: str, *, by: User, today: date, since: date | None = None
) -> QuerySet[Inquiry]:
    """Narrow the rows to those that the text means.

    What is named by its number alone is meant alone; else what a name finds stands beside what
    holds all the words. What is for internal use is found only by those who may read it. `since`
    narrows nothing by itself: it tells the index of words which months are asked for.
    """
    return found_among(rows, text, by=by, today=today, since=since).rows


def found_among(
    rows: QuerySet[Inquiry], text: str, *, by: User, today: date, since: date | None = None
) -> Found:
    """As `matching`, with the way in which what is found is counted."""
    rows = rows.filter(_readable(by, today))
    is_number = not any(letter.isalpha() for letter in text)
    named = matching_ids(text, by=by, today=today, since=None if is_number else since)
    words = asked(text)
    if not words or (named and is_number) or _numbers(text, today):
        rows = rows.filter(pk__in=named)
        return Found(rows, rows, is_gathered=True)
    held = _held(words, named)
    count = 0 if is_number else expected(held)  # digits that no number has are few
    recent = _recent(rows, words, named, today) if count is not None and count > SORTED else None
    months = of_months(since, today) if since else []
    if months and (count is None or count > BEFORE_MONTHS):
        # To look the month of a few rows up in the index takes longer than to read the rows.
        held = _held([*words, *months], named)
        count = expected(held)
    all_held = rows.filter(pk__in=gathered(held))
    if count is None or count <= SORTED:
        is_costly = (count or 0) > FEW
        return Found(all_held, all_held, is_gathered=True, is_costly=is_costly, recent=recent)
    common = Q(words__words__holding=words)
    walked = rows.filter(common | Q(words__pk__in=named) if named else common)
    is_gathered = count <= (COUNTED_IN_A_PERIOD if months else COUNTED)
    return Found(walked, all_held if is_gathered else walked, is_gathered, recent=recent)


def _recent(
    rows: QuerySet[Inquiry], words: list[Asked], named: list[int], today: date
) -> QuerySet[Inquiry] | None:
    """What is found in the latest months: this one, or so many as seem to be enough."""
    first = today.replace(day=1)
    for _month in range(RECENT_MONTHS):
        held = _held([*words, *of_months(first, today)], named)
        count = expected(held) or 0
        if count >= LEAST_RECENT:
            # The words know the month; what is named may be older. Said where it is needed only, since
            # the planner would read the whole period for it.
            since = Q(started_at__gte=midnight(first)) if named else Q()
            return rows.filter(since, pk__in=gathered(held)) if count <= MOST_RECENT else None
        first = (first - timedelta(days=1)).replace(day=1)
    return None


def _held(words: list[Asked], named: list[int]) -> QuerySet[InquiryWords]:
    """Both asked of the words' own table, so that its two indexes answer."""
    found = Q(words__holding=words)
    return InquiryWords.objects.filter(found | Q(pk__in=named) if named else found)


def matching_ids(text: str, *, by: User, today: date, since: date | None = None) -> list[int]:
    """Return the inquiries that the text names: by number, caller, client or object; newest first.

    An exact number must not drown in what a beginning finds, nor spoil very many inquiries of a
    client the others' plan, so these are asked for apart. `since`: of a client's no older ones.
    """
    visible = Inquiry.objects.visible_to(by).filter(_readable(by, today))
    exact, further = _ways(text.strip(), by, today, since)
    found: set[int] = set()
    if exact:
        first, *others = (visible.filter(way).values_list("pk", flat=True) for way in exact)
        found.update(first.union(*others))
    for way in further:
        found.update(visible.filter(way).values_list("pk", flat=True)[:MOST])
    return sorted(found, reverse=True)[:MOST]


def _ways(text: str, by: User, today: date, since: date | None) -> tuple[list[Q], list[Q]]:
    """The ways that name very few inquiries exactly, and those that may name many."""
    numbers = _numbers(text, today)
    exact = [Q(number__in=numbers) if numbers else Q(), _of_old_number(text)]
    further = [_by_beginning(text)]
    if clients := find_client_ids(text, by=by, limit=MOST_CLIENTS):
        of_clients = Q(client__in=clients)
        further.append(of_clients & Q(started_at__gte=midnight(since)) if since else of_clients)
    return [way for way in exact if way], [way for way in further if way]


def _of_old_number(text: str) -> Q:
    """By the number that an older system gave."""
    key = object_key(text)
    if not any(letter.isdigit() for letter in key):
        return Q()
    past = PastInquiry.objects.filter(number_key=key)
    return Q(pk__in=past.values("inquiry")[:MOST_CLIENTS])


def _by_beginning(text: str) -> Q:
    """By caller or object: each finds few, so one query walks both indexes."""
    way = Q()
    bare = bare_number(text)
    digits = digits_of(bare)
    if len(digits) >= SHORTEST_PHONE and not any(letter.isalpha() for letter in bare):
        for beginning in _phone_beginnings(text, digits):
            way |= Q(caller_number__prefix=beginning)
    key = object_key(text)
    if len(key) >= SHORTEST_OBJECT and any(letter.isdigit() for letter in key):
        way |= Q(object_key__prefix=key)
    return way


def _numbers(text: str, today: date) -> list[str]:
    """`P-2026-000123`, `2026-123`, or `123` of this year and the last."""
    match = NUMBER.fullmatch(text) or LONG_NUMBER.fullmatch(text)
    if match is None:
        return []
    years = [int(match[1])] if match[1] else [today.year, today.year - 1]
    return [f"P-{year}-{int(match[2]):06d}" for year in years]


def _phone_beginnings(text: str, digits: str) -> list[str]:
    try:
        return [normal_phone(text)]
    except PhoneNotValid:
        bare = digits.removeprefix("00")
        return sorted({f"+372{bare}", f"+{bare}"})


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _readable(by: User, today: date) -> Q:
    scope = by.scope_of("inquiries.view_restricted")
    if scope == Scope.ALL:
        return Q()
    readable = Q(is_restricted=False) | Q(restricted_until__lt=today)
    return readable | within(by, scope) if scope is not None else readable
