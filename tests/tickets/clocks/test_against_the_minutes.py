"""Random stories under random calendars, read off minute by minute."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from common.working_time import OpeningHours, WorkingClock
from tests.tickets.clocks.slowly import SlowClocks, minute_of, moment_of
from tests.tickets.clocks.telling import TALLINN
from tickets.clocks import (
    ClockName,
    Happening,
    Moment,
    Targets,
    due_steps,
    ended_periods,
    next_step_at,
    read_clocks,
)
from tickets.clocks.steps import Measure, Step

# Days around which something is unlike every day: a weekend, both changes of summer time, a
# shortened day and Christmas, the turn of the year, Independence Day, Midsummer.
EDGES = [
    dt.datetime(*day, tzinfo=dt.UTC)
    for day in [
        (2026, 11, 13),
        (2026, 3, 27),
        (2026, 10, 23),
        (2026, 12, 22),
        (2026, 12, 30),
        (2027, 2, 22),
        (2027, 6, 21),
    ]
]
SPANS = st.sampled_from(
    [
        ((480, 1020),),
        ((540, 960),),
        ((480, 720), (750, 1020)),
        ((0, 1440),),
        ((600, 615), (900, 1435)),
    ]
)
WEEKEND = st.sampled_from([(), (), ((600, 840),), ((0, 1440),)])
WEEKS = st.tuples(SPANS, SPANS, SPANS, SPANS, SPANS, WEEKEND, WEEKEND)
GROUPS, URGENCIES = ["one", "two", "three"], ["normal", "high"]
MINUTES = st.dictionaries(st.sampled_from(ClockName), st.integers(1, 900), min_size=2)
GAPS = st.one_of(
    st.integers(0, 3), st.integers(0, 240), st.integers(0, 240), st.integers(600, 2200)
)
# What makes sense while tier II has the ticket and afterwards; one in six is anything at all.
WITH_TIER_TWO = [
    Happening.REACTED,
    Happening.UPDATED,
    Happening.ASKED_CLIENT,
    Happening.CLIENT_ANSWERED,
    Happening.REGROUPED,
    Happening.RESOLVED,
]
AFTERWARDS = [
    Happening.DELIVERED,
    Happening.REOPENED,
    Happening.REOPENED,
    Happening.REGROUPED,
    Happening.CLOSED,
]
ENDS = {Happening.RESOLVED, Happening.REJECTED, Happening.CLOSED}
COMES_IN = {Happening.RAISED, Happening.REOPENED}
GOES_TO = {*COMES_IN, Happening.REGROUPED}


@st.composite
def calendars(draw, around):
    closed = st.sets(st.integers(0, 8), max_size=2)
    return {
        name: WorkingClock(
            OpeningHours(draw(WEEKS)),
            TALLINN,
            frozenset((around + dt.timedelta(days=n)).date() for n in draw(closed)),
        )
        for name in ("early", "late")
    }


@st.composite
def situations(draw):
    """A story of whole minutes, its targets and calendars, and moments at which it is read."""
    edge = draw(st.sampled_from(EDGES))
    targets = Targets(
        minutes={
            (group, urgency): draw(MINUTES) for group in GROUPS[:2] for urgency in URGENCIES
        },  # the third has none
        calendar_of_group={"one": "early", "two": "late", "three": "late"},
        delivery_calendar=draw(st.sampled_from(["early", "late"])),
    )
    at = edge + dt.timedelta(minutes=draw(st.integers(360, 960)))
    story = [Moment(Happening.RAISED, at, draw(st.sampled_from(GROUPS)), "normal")]
    is_open = True
    for gap in draw(st.lists(GAPS, min_size=4, max_size=14)):
        usual = WITH_TIER_TWO if is_open else AFTERWARDS
        what = draw(st.sampled_from([*usual * 5, *Happening]))
        is_open = what not in ENDS and (is_open or what in COMES_IN)
        at += dt.timedelta(minutes=gap)
        group = urgency = ""
        if what in GOES_TO:
            group = draw(st.sampled_from(["", *GROUPS]))
            urgency = draw(st.sampled_from(["", *URGENCIES]))
        story.append(Moment(what, at, group, urgency))
    # Read whenever something happened, and a while after the last of it.
    nows = sorted({minute_of(moment.at) for moment in story})
    nows.append(nows[-1] + draw(st.integers(1, 900)))
    return story, targets, draw(calendars(edge)), nows


def shown(reading):
    names = "clock state used_seconds due_at ended_at is_paused period group calendar"
    return {name: getattr(reading, name) for name in names.split()}


@given(situations())
@settings(max_examples=100, deadline=None)
def test_clocks_show_what_the_minutes_say(situation):
    story, targets, clocks, nows = situation
    slow, slow_ended = SlowClocks(targets, clocks).walk(story, nows)

    for now, expected in zip(nows, slow, strict=True):
        readings = read_clocks(story, targets, clocks, moment_of(now))
        begun = {name: shown(one) for name, one in readings.items() if one.began_at}
        assert begun == expected
    ended = ended_periods(story, targets, clocks, moment_of(nows[-1]))
    assert [shown(one) for one in ended] == slow_ended


STEPS = [
    Step(clock, n, Measure.TELL_RESPONSIBLE) for clock in ClockName for n in (33, 80, 100, 150)
]


@given(situations())
@settings(max_examples=50, deadline=None)
def test_next_step_is_due_at_the_second_that_is_told_and_not_before(situation):
    story, targets, clocks, nows = situation
    now = max(moment_of(nows[-1]), story[-1].at)
    second = dt.timedelta(seconds=1)

    for clock, reading in read_clocks(story, targets, clocks, now).items():
        done = due_steps(reading, STEPS, ())
        at = next_step_at(reading, STEPS, done, clocks)
        if at is not None:
            then = read_clocks(story, targets, clocks, at)[clock]
            before = read_clocks(story, targets, clocks, at - second)[clock]
            assert due_steps(then, STEPS, done)
            assert at > now
            assert at - second < now or not due_steps(before, STEPS, done)


@given(situations(), st.data())
@settings(max_examples=50, deadline=None)
def test_what_was_stored_is_never_rewritten_by_another_calendar(situation, data):
    story, targets, clocks, nows = situation
    stored = ended_periods(story, targets, clocks, moment_of(data.draw(st.sampled_from(nows))))
    others = data.draw(calendars(story[0].at))

    later = ended_periods(story, targets, others, moment_of(nows[-1]), stored)

    assert later[: len(stored)] == stored
