"""Which inquiries a text means: by number, caller, client or object, or by the words in them."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Scope
from clients.phones import PhoneNotValid, bare_number, digits_of, normal_phone
from clients.queries import find_client_ids
from common.words import asked, expected, gathered, of_months
from inquiries.models import Inquiry, InquiryWords, PastInquiry, object_key
from inquiries.models.inquiry_reach import within

NUMBER = re.compile(r"(?:P[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)
SHORTEST_PHONE = 5
SHORTEST_OBJECT = 4
MOST = 1_000
MOST_CLIENTS = 50
# So many rows are gathered by the index of words: to be sorted (fewer where a period is short enough to be
# walked), or to be counted. Of more the list is walked, newest first.
SORTED, SORTED_IN_A_PERIOD, COUNTED = 20_000, 5_000, 150_000


@dataclass(frozen=True)
class Found:
    """What a text means among rows: to be read in order, and the same to be counted."""

    rows: QuerySet[Inquiry]
    counted: QuerySet[Inquiry]
    is_gathered: bool = False  # what is counted: then no order is needed, and none is asked for


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
    named, words = matching_ids(text, by=by, today=today), asked(text)
    if (
        not words
        or (named and not any(letter.isalpha() for letter in text))
        or _numbers(text, today)
    ):
        rows = rows.filter(pk__in=named)
        return Found(rows, rows, is_gathered=True)
    found = Q(words__holding=[*words, *(of_months(since, today) if since else [])])
    # Both asked of the words' own table, so that its two indexes answer.
    holding = InquiryWords.objects.filter(found | Q(pk__in=named) if named else found)
    count = expected(holding)
    all_held = rows.filter(pk__in=gathered(holding))
    if count <= (SORTED_IN_A_PERIOD if since else SORTED):
        return Found(all_held, all_held, is_gathered=True)
    common = Q(words__words__holding=words)
    walked = rows.filter(common | Q(words__pk__in=named) if named else common)
    is_gathered = count <= COUNTED
    return Found(walked, all_held if is_gathered else walked, is_gathered)


def matching_ids(text: str, *, by: User, today: date) -> list[int]:
    """Return the inquiries that the text names: by number, caller, client or object; newest first.

    An exact number must not drown in what a beginning finds, nor spoil very many inquiries of a
    client the others' plan, so these are asked for apart.
    """
    found: set[int] = set()
    for condition in _ways(text.strip(), by, today):
        rows = Inquiry.objects.visible_to(by).filter(_readable(by, today)).filter(condition)
        found.update(rows.values_list("pk", flat=True)[:MOST])
    return sorted(found, reverse=True)[:MOST]


def _ways(text: str, by: User, today: date) -> list[Q]:
    clients = find_client_ids(text, by=by, limit=MOST_CLIENTS)
    ways = {
        "number__in": _numbers(text, today),
        "client__in": clients,
        "pk__in": _of_old_number(text),
    }
    named = [Q(**{column: values}) for column, values in ways.items() if values]
    caller_or_object = _by_beginning(text)
    return [*named, caller_or_object] if caller_or_object else named


def _of_old_number(text: str) -> list[int]:
    """By the number that an older system gave."""
    key = object_key(text)
    if not any(letter.isdigit() for letter in key):
        return []
    past = PastInquiry.objects.filter(number_key=key)
    return list(past.values_list("inquiry", flat=True)[:MOST_CLIENTS])


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
    match = NUMBER.fullmatch(text)
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


def _readable(by: User, today: date) -> Q:
    scope = by.scope_of("inquiries.view_restricted")
    if scope == Scope.ALL:
        return Q()
    readable = Q(is_restricted=False) | Q(restricted_until__lt=today)
    return readable | within(by, scope) if scope is not None else readable
