import datetime as dt
from zoneinfo import ZoneInfo

import holidays
import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from common.clock import working_clock
from common.working_time import (
    OpeningHours,
    OpeningHoursNotUnderstood,
    WorkingClock,
    is_public_holiday,
    is_shortened_date,
)

TALLINN = ZoneInfo("Europe/Tallinn")
OFFICE = WorkingClock(OpeningHours.parse("mon-fri 09:00-16:00"), TALLINN)
LUNCH = WorkingClock(
    OpeningHours.parse("mon-thu 08:00-12:00, 12:30-17:00; fri 08:00-15:45"), TALLINN
)
ALWAYS = WorkingClock(OpeningHours.parse("mon-sun 00:00-24:00"), TALLINN)
CLOCKS = st.sampled_from([OFFICE, LUNCH, ALWAYS])
MINUTE = dt.timedelta(minutes=1)


def tallinn(*when):
    return dt.datetime(*when, tzinfo=TALLINN)


def is_open_slowly(clock, at):
    """The same question, asked of one minute on the wall."""
    local = at.astimezone(TALLINN)
    day, minute = local.date(), local.hour * 60 + local.minute
    spans = clock.hours.of_weekday[day.weekday()]
    if is_public_holiday(day) or not spans:
        return False
    open_minutes = [m for start, end in spans for m in range(start, end)]
    if is_shortened_date(day):
        open_minutes = open_minutes[:-180]
    return minute in open_minutes


# Around every change of summer time, shortened day and holiday of four years.
EDGES = [
    dt.datetime(year, month, day, tzinfo=dt.UTC)
    for year in (2024, 2025, 2026, 2027)
    for month, day in [(1, 1), (2, 23), (3, 28), (4, 3), (6, 21), (10, 25), (12, 23), (12, 30)]
]
MOMENTS = st.builds(
    lambda edge, minutes, zone: (edge + minutes * MINUTE).astimezone(zone),
    st.sampled_from(EDGES),
    st.integers(-2 * 1440, 3 * 1440),
    st.sampled_from([dt.UTC, TALLINN]),
)


@given(CLOCKS, MOMENTS)
@settings(max_examples=300, deadline=None)
def test_is_open_agrees_with_the_wall_clock(clock, at):
    assert clock.is_open(at) == is_open_slowly(clock, at)


@given(CLOCKS, MOMENTS, st.integers(0, 2 * 1440))
@settings(max_examples=60, deadline=None)
def test_hours_between_equal_the_open_minutes_counted_one_by_one(clock, start, minutes):
    start = start.astimezone(dt.UTC)
    counted = sum(is_open_slowly(clock, start + n * MINUTE) for n in range(minutes))

    assert clock.hours_between(
        start.astimezone(TALLINN), start + minutes * MINUTE
    ) == pytest.approx(counted / 60)


@given(CLOCKS, MOMENTS, st.integers(1, 1200))
@settings(max_examples=60, deadline=None)
def test_added_hours_end_when_that_many_open_minutes_have_passed(clock, start, minutes):
    at, left = start.astimezone(dt.UTC), minutes
    while left:
        left -= is_open_slowly(clock, at)
        at += MINUTE

    assert clock.add_hours(start, minutes / 60) == at


@given(MOMENTS, st.integers(-30, 30))
@settings(max_examples=100, deadline=None)
def test_added_days_are_counted_one_workday_after_another(at, days):
    day, left = at.date(), abs(days)
    while left or not is_open_slowly(OFFICE, dt.datetime.combine(day, dt.time(10), TALLINN)):
        day += dt.timedelta(days=1 if days >= 0 else -1)
        left -= bool(left) and OFFICE.is_workday(day)

    assert OFFICE.add_days(at.date(), days) == day


def test_the_day_before_christmas_eve_closes_three_hours_earlier():
    assert OFFICE.is_open(tallinn(2026, 12, 23, 12, 59))
    assert not OFFICE.is_open(tallinn(2026, 12, 23, 13, 0))


def test_three_hours_go_off_the_work_even_across_a_lunch_break():
    short = WorkingClock(OpeningHours.parse("mon-fri 08:00-12:00, 13:00-15:00"), TALLINN)

    assert short.hours_between(tallinn(2026, 12, 31, 0, 0), tallinn(2027, 1, 1, 0, 0)) == 3


def test_shortened_day_on_a_weekend_is_not_moved_to_friday():
    assert OFFICE.hours_between(tallinn(2025, 2, 21), tallinn(2025, 2, 24)) == 7


def test_our_shortened_days_are_those_of_the_public_list():
    for year in range(2024, 2031):
        public = holidays.country_holidays("EE", years=year, categories=("half_day",))
        days = (dt.date(year, 1, 1) + dt.timedelta(n) for n in range(365))
        assert {day for day in days if is_shortened_date(day)} <= set(public)
        assert len(public) == 4


def test_a_day_of_the_clock_change_has_its_real_hours():
    assert ALWAYS.hours_between(tallinn(2026, 3, 29), tallinn(2026, 3, 30)) == 23
    assert ALWAYS.hours_between(tallinn(2026, 10, 25), tallinn(2026, 10, 26)) == 25


def test_term_of_calendar_days_that_ends_on_a_holiday_runs_on_to_the_next_workday():
    assert OFFICE.add_days(dt.date(2026, 12, 24), 0) == dt.date(2026, 12, 28)


@pytest.mark.parametrize(
    "text", ["mon 9-16", "mon-fry 09:00-16:00", "mon 16:00-09:00", "mon 09:00-12:00, 11:00-13:00"]
)
def test_unclear_opening_hours_are_refused(text):
    with pytest.raises(OpeningHoursNotUnderstood):
        OpeningHours.parse(text)


@override_settings(SERVICE_CLOSED_DAYS=["2026-05-14"])
def test_settings_may_close_further_days():
    assert not working_clock().is_open(tallinn(2026, 5, 14, 10, 0))
    assert working_clock().is_open(tallinn(2026, 5, 15, 10, 0))


@pytest.mark.parametrize(
    ("at", "nearest"),
    [
        (tallinn(2026, 11, 16, 9), tallinn(2026, 11, 16, 9)),
        (tallinn(2026, 11, 16, 12, 15), tallinn(2026, 11, 16, 12, 15)),
        (tallinn(2026, 11, 16, 16), tallinn(2026, 11, 16, 16)),  # by the very closing
        (tallinn(2026, 11, 16, 16, 1), tallinn(2026, 11, 17, 9)),
        (tallinn(2026, 11, 21, 12), tallinn(2026, 11, 23, 9)),  # a Saturday
        (tallinn(2026, 12, 23, 13, 1), tallinn(2026, 12, 28, 9)),  # shortened, then the feasts
    ],
)
def test_nearest_open_moment_is_the_moment_itself_or_the_next_opening(at, nearest):
    assert OFFICE.nearest_open(at) == nearest
