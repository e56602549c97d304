import datetime as dt
from dataclasses import replace

from common.working_time import OpeningHours
from tests.tickets.clocks.telling import (
    CALENDARS,
    HOUR,
    REACTION,
    SOLUTION,
    TARGETS,
    UPDATE,
    moment,
    raised,
    read,
    tallinn,
)
from tickets.clocks import ClockState, ended_periods

# A day of the agency's own on which nobody works, decided after it was promised otherwise.
TUESDAY_FREE = {
    **CALENDARS,
    "it": replace(CALENDARS["it"], closed_days=frozenset({dt.date(2026, 11, 17)})),
}
OPENS_LATER = {
    **CALENDARS,
    "it": replace(CALENDARS["it"], hours=OpeningHours.parse("mon-fri 10:00-17:00")),
}
RAISED = raised(tallinn(11, 16, 8))
RESOLVED = moment("resolved", tallinn(11, 16, 14))
REOPENED = moment("reopened", tallinn(11, 18, 11))


def stored(story, now):
    return ended_periods(story, TARGETS, CALENDARS, now)


def test_new_holiday_moves_the_due_moment_of_a_running_clock():
    story = [raised(tallinn(11, 16, 16))]

    before = read(story, tallinn(11, 16, 17))[SOLUTION]
    after = read(story, tallinn(11, 16, 17), calendars=TUESDAY_FREE)[SOLUTION]

    assert before.due_at == tallinn(11, 17, 15)
    assert after.due_at == tallinn(11, 18, 15)


def test_other_hours_change_what_a_running_clock_has_used():
    story = [RAISED]

    assert read(story, tallinn(11, 16, 12))[SOLUTION].used_seconds == 4 * HOUR
    assert (
        read(story, tallinn(11, 16, 12), calendars=OPENS_LATER)[SOLUTION].used_seconds == 2 * HOUR
    )


def test_what_was_met_stays_as_it_was_recorded():
    story = [RAISED, moment("reacted", tallinn(11, 16, 9)), RESOLVED]
    kept = stored(story, RESOLVED.at)

    now = read(story, tallinn(11, 20, 9), calendars=OPENS_LATER, kept=kept)

    assert {one.clock: one for one in kept} == {
        name: now[name] for name in (REACTION, UPDATE, SOLUTION)
    }
    assert now[REACTION].state == ClockState.MISSED
    assert now[SOLUTION].used_seconds == 6 * HOUR


def test_what_was_not_stored_is_counted_by_the_hours_of_today():
    story = [RAISED, RESOLVED]

    solution = read(story, tallinn(11, 20, 9), calendars=OPENS_LATER)[SOLUTION]

    assert solution.used_seconds == 4 * HOUR


def test_reopened_solution_goes_on_from_the_time_that_was_recorded():
    story = [RAISED, RESOLVED, REOPENED]
    kept = stored(story, RESOLVED.at)

    solution = read(story, tallinn(11, 18, 12), calendars=OPENS_LATER, kept=kept)[SOLUTION]

    assert solution.used_seconds == 7 * HOUR
    assert solution.due_at == tallinn(11, 18, 13)


def test_each_solution_of_a_reopened_ticket_is_stored_once_and_stays():
    story = [RAISED, RESOLVED, REOPENED, moment("resolved", tallinn(11, 18, 12))]
    first = stored(story, RESOLVED.at)

    every = ended_periods(story, TARGETS, OPENS_LATER, tallinn(11, 18, 13), first)

    assert [one for one in every if one in first] == list(first)
    assert [one.used_seconds for one in every if one.clock == SOLUTION] == [6 * HOUR, 7 * HOUR]


def test_changed_target_is_not_held_against_what_was_met():
    story = [RAISED, RESOLVED]
    kept = stored(story, RESOLVED.at)
    stricter = replace(TARGETS, minutes={("IT", "normal"): {SOLUTION: 60}})

    met = read(story, tallinn(11, 16, 15), targets=stricter, kept=kept)[SOLUTION]
    reopened = read([*story, REOPENED], tallinn(11, 18, 12), targets=stricter, kept=kept)[SOLUTION]

    assert (met.state, met.target_seconds) == (ClockState.MET, 8 * HOUR)
    assert (reopened.state, reopened.target_seconds) == (ClockState.MISSED, HOUR)
    assert reopened.due_at == REOPENED.at  # not before the new target held


def test_missed_solution_that_was_recorded_is_still_missed_when_reopened():
    story = [RAISED, moment("resolved", tallinn(11, 17, 12)), REOPENED]
    kept = stored(story, story[1].at)

    solution = read(story, tallinn(11, 18, 12), calendars=OPENS_LATER, kept=kept)[SOLUTION]

    assert solution.state == ClockState.MISSED
    assert solution.due_at == tallinn(11, 16, 16)
