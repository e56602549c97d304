import datetime as dt

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import NullIf
from django.test.utils import CaptureQueriesContext

from common.models import Event, OutgoingMail
from common.paging import CursorNotValid, keyset_page

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    return Event.objects.bulk_create(
        Event(
            kind="k",
            at=NOON + dt.timedelta(minutes=n // 3),
            to_user_id=None if n % 4 == 0 else n % 3,
            to_unit_id=n % 5,
        )
        for n in range(50)
    )


def walk(queryset, order, size, cursor="", direction="next"):
    pages = []
    while True:
        page = keyset_page(queryset, order=order, cursor=cursor, size=size)
        pages.append(page.rows)
        cursor = getattr(page, direction)
        if not cursor:
            return pages, page


ORDERS = [
    ("-at", "-pk"),
    ("at", "pk"),
    ("-to_user_id",),
    ("to_user_id", "-pk"),
    ("to_unit_id", "-to_user_id", "at", "-pk"),
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 50, 60])
def test_every_row_comes_once_and_the_way_back_is_the_same(events, order, size):
    forward, last = walk(Event.objects.all(), order, size)
    seen = [row.pk for page in forward for row in page]

    assert sorted(seen) == sorted(event.pk for event in events)
    if len(forward) > 1:
        back, first = walk(Event.objects.all(), order, size, last.previous, "previous")
        assert [row.pk for page in reversed(back) for row in page] == seen[: -len(forward[-1])]
        assert first.previous == ""


def test_rows_without_a_value_stand_last_on_both_engines(events):
    for order in (["to_user_id"], ["-to_user_id"]):
        rows = keyset_page(Event.objects.all(), order=order, size=50).rows

        assert {row.to_user_id for row in rows[-13:]} == {None}


def test_annotations_and_values_can_be_paged(events):
    rows = Event.objects.annotate(who=NullIf("to_user_id", Value(1))).values("pk", "who")

    pages, _ = walk(rows, ("who", "-pk"), 7)

    assert sorted(row["pk"] for page in pages for row in page) == sorted(e.pk for e in events)


def test_new_rows_do_not_shift_the_pages_that_follow(events):
    first = keyset_page(Event.objects.all(), order=("-at",), size=5)
    Event.objects.create(kind="k", at=NOON + dt.timedelta(days=1))

    second = keyset_page(Event.objects.all(), order=("-at",), size=5, cursor=first.next)

    assert {row.pk for row in second.rows}.isdisjoint(row.pk for row in first.rows)
    assert second.rows[0].pk == first.rows[-1].pk - 1


def test_cursor_tells_nothing_of_the_row_and_cannot_be_made_up(events):
    cursor = keyset_page(Event.objects.all(), order=("-kind",), size=5).next

    assert "k" not in {cursor[:1], cursor[-1:]}
    for bad in ("nonsense", cursor[:-4] + "AAAA", "é" * 20):
        assert keyset_page(Event.objects.all(), order=("-kind",), size=5, cursor=bad).previous == ""
        with pytest.raises(CursorNotValid):
            keyset_page(Event.objects.all(), order=("-kind",), size=5, cursor=bad, strict=True)


def test_cursor_of_another_order_is_refused(events):
    cursor = keyset_page(Event.objects.all(), order=("-at",), size=5).next

    with pytest.raises(CursorNotValid):
        keyset_page(Event.objects.all(), order=("at",), size=5, cursor=cursor, strict=True)


def test_empty_list_has_no_neighbours():
    page = keyset_page(OutgoingMail.objects.all(), order=("-queued_at",), size=5)

    assert (page.rows, page.next, page.previous) == ([], "", "")


def test_a_page_is_one_query_and_one_range_of_the_index(events):
    cursor = keyset_page(Event.objects.all(), order=("-published_at", "-pk"), size=5).next

    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset_page(Event.objects.all(), order=("-published_at", "-pk"), size=5, cursor=cursor)

    assert len(queries) == 1
    assert '("common_event"."published_at", "common_event"."id") < (' in queries[0]["sql"]


def test_rows_are_read_after_they_are_found_and_stay_in_order(events):
    plain = keyset_page(Event.objects.all(), order=("-at", "-pk"), size=5)

    def read(few):
        asked.append(few.query)
        return few.only("kind", "at")

    asked = []
    page = keyset_page(Event.objects.all(), order=("-at", "-pk"), size=5, read=read)
    further = keyset_page(
        Event.objects.all(), order=("-at", "-pk"), size=5, cursor=page.next, read=read
    )

    assert page.rows == plain.rows
    assert (
        further.rows[0]
        == keyset_page(Event.objects.all(), order=("-at", "-pk"), size=5, cursor=plain.next).rows[0]
    )
    assert len(asked) == 2
