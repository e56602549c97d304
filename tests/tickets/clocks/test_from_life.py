import pytest

from tests.tickets.clocks.telling import (
    DELIVERY,
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
from tickets.clocks import CalendarMissing, ClockState, StoryNotUnderstood, Targets

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = 13, 16, 17, 18  # of November 2026


def test_raised_ten_minutes_before_the_weekend_is_due_on_monday_morning():
    clocks = read([raised(tallinn(11, FRIDAY, 16, 50))], tallinn(11, 15, 12))

    assert clocks[REACTION].state == ClockState.RUNNING
    assert clocks[REACTION].used_seconds == 10 * 60
    assert clocks[REACTION].due_at == tallinn(11, MONDAY, 8, 20)
    assert clocks[SOLUTION].due_at == tallinn(11, MONDAY, 15, 50)


def test_shortened_day_and_christmas_give_no_time():
    solution = read([raised(tallinn(12, 22, 16))], tallinn(12, 22, 16))[SOLUTION]

    assert solution.due_at == tallinn(12, 28, 9)  # 1 h, 6 h on the 23rd until 14:00, then 1 h


def test_new_year_is_crossed():
    solution = read([raised(tallinn(12, 31, 12))], tallinn(1, 4, 9, year=2027))[SOLUTION]

    assert solution.used_seconds == 3 * HOUR  # until 14:00, and from Monday 8:00
    assert solution.due_at == tallinn(1, 4, 14, year=2027)


def test_hours_are_real_ones_in_the_night_of_the_clock_change():
    spring = read([raised(tallinn(3, 28, 22), "night watch")], tallinn(3, 29, 6))[SOLUTION]
    autumn = read([raised(tallinn(10, 24, 22), "night watch")], tallinn(10, 25, 4))[SOLUTION]

    assert spring.due_at == tallinn(3, 29, 7)
    assert spring.used_seconds == 7 * HOUR
    assert autumn.due_at == tallinn(10, 25, 5)
    assert autumn.used_seconds == 7 * HOUR


def test_office_hours_stay_where_they_are_on_the_wall_after_the_clock_change():
    solution = read([raised(tallinn(3, 27, 16))], tallinn(3, 27, 16))[SOLUTION]

    assert solution.due_at == tallinn(3, 30, 15)
    assert solution.due_at.hour == 12  # UTC; 13 in winter


def test_first_update_is_a_sign_of_work_and_meets_the_reaction():
    story = [raised(tallinn(11, MONDAY, 8)), moment("updated", tallinn(11, MONDAY, 8, 20))]

    reaction = read(story, tallinn(11, MONDAY, 12))[REACTION]

    assert (reaction.state, reaction.used_seconds) == (ClockState.MET, 20 * 60)
    assert reaction.ended_at == tallinn(11, MONDAY, 8, 20)
    assert reaction.due_at == tallinn(11, MONDAY, 8, 30)


def test_late_reaction_stays_missed():
    story = [raised(tallinn(11, MONDAY, 8)), moment("reacted", tallinn(11, MONDAY, 9))]

    before = read(story, tallinn(11, MONDAY, 8, 45))[REACTION]
    after = read(story, tallinn(11, MONDAY, 12))[REACTION]

    assert before.state == after.state == ClockState.MISSED
    assert before.due_at == after.due_at == tallinn(11, MONDAY, 8, 30)
    assert (before.ended_at, after.ended_at) == (None, tallinn(11, MONDAY, 9))
    assert after.used_seconds == HOUR


def test_reopened_solution_goes_on_with_what_was_used_and_not_with_the_time_between():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("resolved", tallinn(11, MONDAY, 14)),
        moment("delivered", tallinn(11, MONDAY, 15)),
        moment("closed", tallinn(11, MONDAY, 15)),
        moment("reopened", tallinn(11, WEDNESDAY, 10)),
    ]

    clocks = read(story, tallinn(11, WEDNESDAY, 11))

    assert clocks[SOLUTION].state == ClockState.RUNNING
    assert clocks[SOLUTION].used_seconds == 7 * HOUR
    assert clocks[SOLUTION].due_at == tallinn(11, WEDNESDAY, 12)
    assert clocks[SOLUTION].began_at == tallinn(11, MONDAY, 8)
    assert clocks[REACTION].state == ClockState.MISSED  # of the second time, due 10:30
    assert clocks[REACTION].due_at == tallinn(11, WEDNESDAY, 10, 30)
    assert clocks[UPDATE].used_seconds == HOUR
    assert clocks[DELIVERY].state == ClockState.NONE
    assert clocks[DELIVERY].began_at is None


def test_delivery_counts_in_the_hours_of_the_service():
    story = [raised(tallinn(11, MONDAY, 8)), moment("resolved", tallinn(11, MONDAY, 15, 30))]

    delivery = read(story, tallinn(11, MONDAY, 20))[DELIVERY]

    assert delivery.used_seconds == HOUR / 2  # the service closes at 16:00
    assert delivery.due_at == tallinn(11, TUESDAY, 10, 30)


def test_delivery_goes_on_as_one_wait_when_the_solved_ticket_goes_to_another_group():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("resolved", tallinn(11, MONDAY, 10)),
        moment("regrouped", tallinn(11, MONDAY, 11), PERMITS),
    ]

    clocks = read(story, tallinn(11, MONDAY, 11, 30))

    assert (clocks[DELIVERY].period, clocks[DELIVERY].used_seconds) == (1, 1.5 * HOUR)
    assert clocks[SOLUTION].group == "IT"  # who solved it


def test_other_group_keeps_what_is_used_and_counts_on_in_its_own_hours():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("reacted", tallinn(11, MONDAY, 8, 5)),
        moment("regrouped", tallinn(11, MONDAY, 11), PERMITS),
    ]

    clocks = read(story, tallinn(11, MONDAY, 13))

    assert clocks[SOLUTION].used_seconds == 4.5 * HOUR  # lunch of the permit administrators
    assert clocks[SOLUTION].target_seconds == 16 * HOUR
    assert clocks[SOLUTION].due_at == tallinn(11, TUESDAY, 16)  # 4 h on Monday, 7.5 h on Tuesday
    assert clocks[REACTION].period == 2
    assert clocks[REACTION].state == ClockState.MISSED  # 11:00 to 12:00, then past lunch
    assert clocks[UPDATE].state == ClockState.NONE  # no target in that group
    assert clocks[UPDATE].due_at is None


def test_rejection_stops_the_solution_and_raising_again_goes_on_with_it():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("rejected", tallinn(11, MONDAY, 10)),
        raised(tallinn(11, TUESDAY, 8)),
    ]

    sent_back = read(story, tallinn(11, MONDAY, 16))
    again = read(story, tallinn(11, TUESDAY, 9))

    assert sent_back[SOLUTION].state == ClockState.NONE
    assert sent_back[SOLUTION].used_seconds == 2 * HOUR
    assert sent_back[UPDATE].state == ClockState.MET
    assert sent_back[REACTION].state == ClockState.MISSED  # the first sign came after two hours
    assert sent_back[DELIVERY].began_at is None
    assert again[SOLUTION].used_seconds == 3 * HOUR
    assert again[REACTION].period == 2


def test_closing_without_a_solution_meets_nothing():
    story = [
        raised(tallinn(11, MONDAY, 8)),
        moment("reacted", tallinn(11, MONDAY, 8, 10)),
        moment("closed", tallinn(11, MONDAY, 10)),
    ]

    clocks = read(story, tallinn(11, WEDNESDAY, 10))

    assert [clocks[name].state for name in (REACTION, UPDATE, SOLUTION, DELIVERY)] == [
        ClockState.MET,
        ClockState.NONE,
        ClockState.NONE,
        ClockState.NONE,
    ]
    assert not any(reading.is_counting for reading in clocks.values())


def test_due_by_closing_and_answered_at_night_is_late():
    story = [raised(tallinn(11, MONDAY, 9)), moment("resolved", tallinn(11, MONDAY, 20))]

    in_time = read([story[0], moment("resolved", tallinn(11, MONDAY, 17))], tallinn(11, 16, 21))
    late = read(story, tallinn(11, MONDAY, 21))

    assert late[SOLUTION].due_at == tallinn(11, MONDAY, 17)
    assert (late[SOLUTION].state, late[SOLUTION].used_seconds) == (ClockState.MISSED, 8 * HOUR)
    assert in_time[SOLUTION].state == ClockState.MET


def test_what_happened_after_the_moment_of_reading_is_left_out():
    story = [raised(tallinn(11, MONDAY, 8)), moment("resolved", tallinn(11, MONDAY, 10))]

    assert read(story, tallinn(11, MONDAY, 9)) == read(story[:1], tallinn(11, MONDAY, 9))
    assert read(story, tallinn(11, FRIDAY))[SOLUTION].began_at is None


def test_group_without_targets_is_counted_and_judged_by_nothing():
    story = [raised(tallinn(11, MONDAY, 8), "others"), moment("resolved", tallinn(11, TUESDAY, 8))]

    solution = read(story, tallinn(11, TUESDAY, 9))[SOLUTION]

    assert (solution.state, solution.used_seconds) == (ClockState.NONE, 9 * HOUR)
    assert (solution.target_seconds, solution.due_at) == (None, None)


def test_seconds_count_and_what_is_smaller_does_not():
    at = tallinn(11, MONDAY, 8, 0, 30).replace(microsecond=999_999)
    reaction = read([raised(at)], tallinn(11, MONDAY, 8, 1, 15))[REACTION]

    assert reaction.used_seconds == 45
    assert reaction.due_at == tallinn(11, MONDAY, 8, 30, 30)


@pytest.mark.parametrize(
    "story",
    [
        [moment("reacted", tallinn(11, MONDAY, 8))],
        [moment("raised", tallinn(11, MONDAY, 8))],
        [raised(tallinn(11, TUESDAY, 8)), moment("reacted", tallinn(11, MONDAY, 8))],
        [raised(tallinn(11, MONDAY, 8).replace(tzinfo=None))],
    ],
)
def test_story_that_cannot_be_is_refused(story):
    with pytest.raises(StoryNotUnderstood):
        read(story, tallinn(11, WEDNESDAY, 8))


def test_group_or_calendar_that_nobody_named_is_refused():
    with pytest.raises(CalendarMissing, match="foresters"):
        read([raised(tallinn(11, MONDAY, 8), "foresters")], tallinn(11, MONDAY, 9))
    with pytest.raises(CalendarMissing, match="it"):
        read([raised(tallinn(11, MONDAY, 8))], tallinn(11, MONDAY, 9), calendars={})


def test_target_of_no_time_is_refused():
    with pytest.raises(ValueError, match="at least one minute"):
        Targets({("IT", "normal"): {REACTION: 0}}, {}, "service")
