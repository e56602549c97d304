"""A text is looked for in one of several ways, by how common its words are; what is found is the same."""

import datetime as dt

import pytest

from inquiries.queries import Filters, page_found
from inquiries.queries.listing import found
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
DAYS = (1, 3, 20, 30, 50, 80)
# What is reckoned: of the words, then of the latest months one by one, then of the period.
RARE, COSTLY, COMMON = [5], [15_000], [5_000_000, 400_000, 900_000]
RECENT, RECENT_IN_TWO_MONTHS = [100_000, 3_000, 15_000], [100_000, 50, 3_000, 15_000]
SELDOM_LATELY = [100_000, 0, 0, 0, 15_000]
COUNTED = [100_000, 30_000, 50_000]


def written(days, **fields):
    at = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC) - dt.timedelta(days=days)
    return InquiryFactory(started_at=at, answer="", source_text="", **fields)


def shown(filters, by, size, before_each=lambda: None):
    """All pages of the list, and the count on the first."""
    rows, cursor, count = [], "", None
    while True:
        before_each()
        matches = found(filters, by=by, today=TODAY)
        page, counted = page_found(matches, cursor=cursor, size=size)
        rows, count, cursor = rows + page.rows, count or counted, page.next
        if not cursor:
            return rows, count


@pytest.mark.parametrize("days", [None, 90])
@pytest.mark.parametrize("counted_up_to", [3, 1_000])
@pytest.mark.parametrize(
    "reckoned",
    [RARE, COSTLY, COMMON, RECENT, RECENT_IN_TWO_MONTHS, SELDOM_LATELY, COUNTED],
    ids=["rare", "costly", "common", "recent", "two-months", "seldom-lately", "counted"],
)
def test_whatever_way_a_text_is_looked_for_the_list_and_the_count_are_the_same(
    monkeypatch, reckoned, counted_up_to, days
):
    told = []
    monkeypatch.setattr("inquiries.queries.listing.COUNTED_UP_TO", counted_up_to)
    monkeypatch.setattr(
        "inquiries.queries.search.expected",
        lambda _held: told.pop(0) if len(told) > 1 else told[0],
    )
    by = UserFactory(role="specialist")
    known = ClientFactory(last_name="Tiik")
    wanted = [written(days, question="Tiik on kuiv.", client=None) for days in DAYS]
    wanted.insert(3, written(25, question="Muu küsimus.", client=known))
    written(2, question="Muu küsimus.", client=None)
    since = TODAY - dt.timedelta(days=days) if days else None

    def begin():
        told[:] = reckoned

    rows, count = shown(Filters(since=since, text="tiik"), by, 2, before_each=begin)

    assert [row.pk for row in rows] == [row.pk for row in wanted]
    assert (count.number, count.is_more) == ((3, True) if counted_up_to == 3 else (7, False))


def test_other_filters_beside_a_text_hold_in_every_way(monkeypatch):
    monkeypatch.setattr("inquiries.queries.listing.COUNTED_UP_TO", 1)
    monkeypatch.setattr("inquiries.queries.search.expected", lambda _held: 15_000)
    by = UserFactory(role="specialist")
    wanted = [written(days, question="Tiik on kuiv.", language="ru") for days in (2, 4)]
    written(1, question="Tiik on kuiv.", language="et")

    rows, count = shown(Filters(text="tiik", language="ru"), by, size=1)

    assert [row.pk for row in rows] == [row.pk for row in wanted]
    assert (count.number, count.is_more) == (1, True)


def test_client_with_very_many_inquiries_is_found_by_those_of_the_period(monkeypatch):
    monkeypatch.setattr("inquiries.queries.search.MOST", 2)
    by, mari = UserFactory(role="specialist"), ClientFactory(first_name="Mari", last_name="Tamm")
    for days in (400, 300, 200):
        written(days, client=mari)
    lately = written(5, client=mari)

    rows, _count = shown(Filters(since=TODAY - dt.timedelta(days=90), text="Mari Tamm"), by, 50)

    assert [row.pk for row in rows] == [lately.pk]


@pytest.mark.parametrize("text", ["P-2026-2302075", "p 2026 2302075"])
def test_number_beyond_a_million_is_found(text):
    by = UserFactory(role="specialist")
    wanted = written(3, number="P-2026-2302075")
    written(3, number="P-2026-230207")

    rows, _count = shown(Filters(text=text), by, 50)

    assert [row.pk for row in rows] == [wanted.pk]
