import datetime as dt

import pytest
from django.db import transaction

from common import actions
from common.models import NumberSeries
from tests.two_processes import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_numbers_count_on_within_their_series_and_year():
    taken = [
        actions.take_number(series=series, at=at)
        for series, at in [("P", NOON), ("P", NOON), ("L", NOON), ("P", NOON.replace(year=2027))]
    ]

    assert taken == ["P-2026-000001", "P-2026-000002", "L-2026-000001", "P-2027-000001"]


@pytest.mark.django_db
def test_the_year_is_that_of_tallinn():
    midnight = dt.datetime(2026, 12, 31, 22, 30, tzinfo=dt.UTC)

    assert actions.take_number(series="P", at=midnight) == "P-2027-000001"


@pytest.mark.django_db
def test_number_of_a_rolled_back_story_is_given_again():
    with transaction.atomic():
        actions.take_number(series="P", at=NOON)
        transaction.set_rollback(True)

    assert actions.take_number(series="P", at=NOON) == "P-2026-000001"


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_take_the_same_number():
    def take():
        return [actions.take_number(series="P", at=NOON) for _ in range(20)]

    taken = [number for numbers in at_once(take, take) for number in numbers]

    assert sorted(taken) == [f"P-2026-{n:06d}" for n in range(1, 41)]
    assert NumberSeries.objects.get().last == 40
