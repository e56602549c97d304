from tests.tickets.clocks.telling import (
    HOUR,
    PERMITS,
    REACTION,
    SOLUTION,
    UPDATE,
    moment,
    raised,
    read,
    tallinn,
)
from tickets.clocks import ClockState

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = 13, 16, 17, 18  # of November 2026


def test_pause_over_a_weekend_takes_only_its_open_hours():
    story = [
        raised(tallinn(11, FRIDAY, 15)),
        moment("asked_client", tallinn(11, FRIDAY, 16)),
        moment("client_answered", tallinn(11, MONDAY, 10)),
    ]

    waiting = read(story, tallinn(11, 15, 3))[SOLUTION]
    afterwards = read(story, tallinn(11, MONDAY, 11))[SOLUTION]

    assert (waiting.state, waiting.due_at) == (ClockState.PAUSED, None)
    assert waiting.used_seconds == HOUR
    assert afterwards.used_seconds == 2 * HOUR
    assert afterwards.due_at == tallinn(11, MONDAY, 17)  # 7 hours left from 10:00


def test_pause_that_begins_at_night_and_ends_on_sunday_takes_the_open_days_between():
    story = [
        raised(tallinn(11, WEDNESDAY, 16)),
        moment("asked_client", tallinn(11, WEDNESDAY, 22)),
        moment("client_answered", tallinn(11, 22, 20)),  # Sunday
    ]

    solution = read(story, tallinn(11, 23, 8))[SOLUTION]

    assert solution.used_seconds == HOUR
    assert solution.due_at == tallinn(11, 23, 15)


def test_pause_wholly_outside_open_hours_changes_nothing():
    story = [raised(tallinn(11, MONDAY, 16))]
    paused = [
        *story,
        moment("asked_client", tallinn(11, MONDAY, 18)),
        moment("client_answered", tallinn(11, TUESDAY, 7)),
    ]

    assert read(paused, tallinn(11, TUESDAY, 9)) == read(story, tallinn(11, TUESDAY, 9))


def test_update_time_is_that_since_the_last_word_of_tier_two():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("updated", tallinn(11, MONDAY, 11)),
        moment("reacted", tallinn(11, MONDAY, 12)),
        moment("updated", tallinn(11, MONDAY, 16)),
        moment("asked_client", tallinn(11, MONDAY, 16, 30)),
        moment("client_answered", tallinn(11, TUESDAY, 9, 30)),
    ]

    update = read(story, tallinn(11, TUESDAY, 10))[UPDATE]

    assert update.used_seconds == HOUR  # 16:00 to 16:30, 9:30 to 10:00
    assert update.due_at == tallinn(11, TUESDAY, 13)
    assert update.period == 3


def test_update_in_a_pause_begins_a_wait_that_stands_still():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("asked_client", tallinn(11, MONDAY, 11)),
        moment("updated", tallinn(11, MONDAY, 12)),
    ]

    update = read(story, tallinn(11, MONDAY, 16))[UPDATE]

    assert (update.state, update.used_seconds) == (ClockState.PAUSED, 0)


def test_solution_in_a_pause_ends_the_pause():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("asked_client", tallinn(11, MONDAY, 9)),
        moment("resolved", tallinn(11, WEDNESDAY, 9)),
        moment("client_answered", tallinn(11, WEDNESDAY, 10)),
        moment("reopened", tallinn(11, WEDNESDAY, 11)),
    ]

    met = read(story, tallinn(11, WEDNESDAY, 9))[SOLUTION]
    reopened = read(story, tallinn(11, WEDNESDAY, 12))[SOLUTION]

    assert (met.state, met.used_seconds, met.is_paused) == (ClockState.MET, HOUR, False)
    assert (reopened.state, reopened.used_seconds) == (ClockState.RUNNING, 2 * HOUR)


def test_two_pauses_in_a_row_and_a_question_asked_twice():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("client_answered", tallinn(11, MONDAY, 8, 30)),  # to no question
        moment("asked_client", tallinn(11, MONDAY, 9)),
        moment("asked_client", tallinn(11, MONDAY, 10)),
        moment("client_answered", tallinn(11, MONDAY, 11)),
        moment("asked_client", tallinn(11, MONDAY, 11)),
        moment("client_answered", tallinn(11, MONDAY, 12)),
        moment("client_answered", tallinn(11, MONDAY, 13)),
    ]

    assert read(story, tallinn(11, MONDAY, 14))[SOLUTION].used_seconds == 3 * HOUR


def test_question_to_the_client_does_not_hide_what_is_missed():
    story = [raised(tallinn(11, MONDAY, 8)), moment("asked_client", tallinn(11, MONDAY, 8, 31))]

    reaction = read(story, tallinn(11, MONDAY, 9))[REACTION]

    assert (reaction.state, reaction.due_at) == (ClockState.MISSED, None)
    assert reaction.is_paused


def test_clock_paused_in_time_does_not_become_missed_in_the_pause():
    story = [raised(tallinn(11, MONDAY, 8)), moment("asked_client", tallinn(11, MONDAY, 8, 30))]

    reaction = read(story, tallinn(11, WEDNESDAY, 9))[REACTION]

    assert (reaction.state, reaction.used_seconds) == (ClockState.PAUSED, 30 * 60)


def test_higher_urgency_in_a_pause_changes_the_target_and_misses_nothing():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("reacted", tallinn(11, MONDAY, 8, 10)),
        moment("asked_client", tallinn(11, MONDAY, 13)),
        moment("regrouped", tallinn(11, MONDAY, 15), "IT", "high"),
        moment("client_answered", tallinn(11, TUESDAY, 9)),
    ]

    waiting = read(story, tallinn(11, MONDAY, 16))
    afterwards = read(story, tallinn(11, TUESDAY, 9, 1))

    assert waiting[SOLUTION].state == ClockState.PAUSED
    assert waiting[SOLUTION].target_seconds == 4 * HOUR
    assert waiting[SOLUTION].period == 1
    assert waiting[REACTION].state == ClockState.MET
    assert afterwards[SOLUTION].state == ClockState.MISSED  # 5 hours were used of 4
    assert afterwards[SOLUTION].due_at == tallinn(11, MONDAY, 15)


def test_other_group_takes_a_pause_over():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("asked_client", tallinn(11, MONDAY, 9)),
        moment("regrouped", tallinn(11, MONDAY, 10), PERMITS),
        moment("client_answered", tallinn(11, MONDAY, 14)),
    ]

    waiting = read(story, tallinn(11, MONDAY, 12))
    afterwards = read(story, tallinn(11, MONDAY, 14, 30))

    assert waiting[REACTION].state == ClockState.PAUSED
    assert afterwards[REACTION].used_seconds == HOUR / 2
    assert afterwards[SOLUTION].used_seconds == 1.5 * HOUR
