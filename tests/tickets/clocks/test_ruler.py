import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.working_time import OpeningHours, WorkingClock
from tests.tickets.clocks.telling import CALENDARS, TALLINN, TARGETS, moment, raised, tallinn
from tickets.clocks import read_clocks
from tickets.clocks.ruler import Ruler, ruler_of

NAMES = st.sampled_from(sorted(CALENDARS))
MOMENTS = st.integers(0, 500 * 24 * 3600).map(
    lambda seconds: dt.datetime(2025, 11, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
)


@given(NAMES, MOMENTS, MOMENTS)
@settings(max_examples=100, deadline=None)
def test_measures_as_the_working_clock_does(name, one, other):
    start, end = sorted([one, other])

    measured = ruler_of(CALENDARS[name]).between(start, end)

    assert measured == round(CALENDARS[name].hours_between(start, end) * 3600)


@given(NAMES, MOMENTS, st.one_of(st.integers(1, 100_000), st.integers(1, 10_000_000)))
@settings(max_examples=100, deadline=None)
def test_adds_as_the_working_clock_does(name, start, seconds):
    added = ruler_of(CALENDARS[name]).after(start, seconds)

    assert added == CALENDARS[name].add_hours(start, seconds / 3600)


def test_full_day_ends_at_its_closing_and_not_at_the_next_opening():
    assert ruler_of(CALENDARS["it"]).after(tallinn(11, 16, 7), 9 * 3600) == tallinn(11, 16, 17)


def test_hours_that_never_open_are_refused():
    never = WorkingClock(OpeningHours(((),) * 7), TALLINN)

    with pytest.raises(ValueError, match="never open"):
        Ruler(never).after(tallinn(11, 16), 60)


def test_closed_days_may_be_given_as_a_list():
    listed = replace(CALENDARS["it"], closed_days=[dt.date(2026, 11, 16)])

    assert ruler_of(listed).after(tallinn(11, 16, 9), 60) == tallinn(11, 17, 8, 1)


def test_story_of_fifty_moments_is_read_within_a_millisecond():
    kinds = ["reacted", "updated", "asked_client", "client_answered", "resolved", "reopened"]
    spent = []
    for run in range(30):  # each story stands at other moments, so none is measured already
        at = tallinn(9, 1, 9, run)
        story = [raised(at)]
        for number in range(49):
            at += dt.timedelta(hours=29)
            story.append(moment(kinds[number % len(kinds)], at))
        began = time.process_time()  # other tests on the machine do not count
        read_clocks(story, TARGETS, CALENDARS, at)
        spent.append(time.process_time() - began)

    assert min(spent) < 0.001  # the others are slower for what else the machine does
