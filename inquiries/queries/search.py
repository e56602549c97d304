import re
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Scope
from clients.phones import PhoneNotValid, digits_of, normal_phone
from clients.queries import find_client_ids
from inquiries.models import Inquiry, object_key
from inquiries.models.inquiry import within

NUMBER = re.compile(r"(?:P[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)
SHORTEST_PHONE = 5
SHORTEST_OBJECT = 4
MOST = 1_000
MOST_CLIENTS = 50


def matching_ids(text: str, *, by: User, today: date) -> list[int]:
    """Return the inquiries that the text names: by number, caller, client or object; newest first.

    An exact number must not drown in what a beginning finds, nor spoil very many inquiries of a
    client the others' plan, so these are asked for apart. What is for internal use is found only by those who may read it.
    """
    found: set[int] = set()
    for condition in _ways(text.strip(), by, today):
        rows = _findable(by, today).filter(condition)
        found.update(rows.values_list("pk", flat=True)[:MOST])
    return sorted(found, reverse=True)[:MOST]


def _ways(text: str, by: User, today: date) -> list[Q]:
    clients = find_client_ids(text, by=by, limit=MOST_CLIENTS)
    ways = {"number__in": _numbers(text, today), "client__in": clients}
    named = [Q(**{column: values}) for column, values in ways.items() if values]
    caller_or_object = _by_beginning(text)
    return [*named, caller_or_object] if caller_or_object else named


def _by_beginning(text: str) -> Q:
    """By caller or object: each finds few, so one query walks both indexes."""
    way = Q()
    digits = digits_of(text)
    if len(digits) >= SHORTEST_PHONE and not any(letter.isalpha() for letter in text):
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


def _findable(by: User, today: date) -> QuerySet[Inquiry]:
    rows = Inquiry.objects.visible_to(by)
    scope = by.scope_of("inquiries.view_restricted")
    if scope == Scope.ALL:
        return rows
    readable = Q(is_restricted=False) | Q(restricted_until__lt=today)
    if scope is not None:
        readable |= within(by, scope)
    return rows.filter(readable)
