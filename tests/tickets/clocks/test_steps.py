import pytest

from tests.tickets.clocks.telling import (
    CALENDARS,
    PERMITS,
    REACTION,
    SOLUTION,
    UPDATE,
    moment,
    raised,
    read,
    tallinn,
)
from tickets.clocks import DueStep, Measure, Step, due_steps, next_step_at

STEPS = [
    Step(SOLUTION, 150, Measure.TELL_COORDINATOR),
    Step(SOLUTION, 80, Measure.TELL_RESPONSIBLE),
    Step(SOLUTION, 100, Measure.RAISE_URGENCY),
    Step(SOLUTION, 100, Measure.TELL_COORDINATOR),
    Step(UPDATE, 100, Measure.TELL_RESPONSIBLE),
]
RAISED = raised(tallinn(11, 16, 8))  # Monday; 8 hours for a solution
TOLD = DueStep(SOLUTION, 1, 80, Measure.TELL_RESPONSIBLE)


def due(story, now, done=(), clock=SOLUTION):
    return due_steps(read(story, now)[clock], STEPS, done)


def test_step_is_due_from_the_second_at_which_its_share_is_used():
    assert due([RAISED], tallinn(11, 16, 14, 23, 59)) == ()
    assert due([RAISED], tallinn(11, 16, 14, 24)) == (TOLD,)


def test_step_that_is_done_is_not_due_again():
    assert due([RAISED], tallinn(11, 16, 15), {TOLD}) == ()


def test_steps_passed_since_the_last_look_come_once_each_the_lowest_first():
    passed = due([RAISED], tallinn(11, 17, 12))

    assert [(step.percent, step.what) for step in passed] == [
        (80, Measure.TELL_RESPONSIBLE),
        (100, Measure.RAISE_URGENCY),
        (100, Measure.TELL_COORDINATOR),
        (150, Measure.TELL_COORDINATOR),
    ]
    assert due([RAISED], tallinn(11, 17, 12), passed) == ()


def test_step_that_stands_twice_in_the_data_is_due_once():
    reading = read([RAISED], tallinn(11, 16, 15))[SOLUTION]

    assert due_steps(reading, STEPS * 2, ()) == (TOLD,)


def test_raised_urgency_does_not_raise_itself_again():
    higher = [RAISED, moment("regrouped", tallinn(11, 16, 16), "IT", "high")]
    done = due(higher[:1], tallinn(11, 16, 16))

    assert {step.percent for step in done} == {80, 100}
    assert [step.percent for step in due(higher, tallinn(11, 16, 16), done)] == [150]  # 8 h of 4


def test_reopening_does_not_repeat_steps():
    story = [
        RAISED,
        moment("resolved", tallinn(11, 16, 15)),
        moment("reopened", tallinn(11, 17, 9)),
    ]

    assert due(story, tallinn(11, 17, 9, 30), {TOLD}) == ()
    assert due(story, tallinn(11, 17, 10), {TOLD})[0].percent == 100


def test_other_group_is_told_of_its_own_time():
    story = [RAISED, moment("regrouped", tallinn(11, 16, 15), PERMITS)]  # 7 of 16 hours

    assert due(story, tallinn(11, 17, 9), {TOLD}) == ()
    assert due(story, tallinn(11, 17, 14), {TOLD}) == (TOLD._replace(period=2),)


def test_each_silence_has_its_own_steps():
    story = [RAISED, moment("updated", tallinn(11, 16, 12, 30))]
    first = due(story, tallinn(11, 16, 12), clock=UPDATE)

    assert first == (DueStep(UPDATE, 1, 100, Measure.TELL_RESPONSIBLE),)
    assert due(story, tallinn(11, 16, 13), first, UPDATE) == ()
    assert due(story, tallinn(11, 16, 16, 30), first, UPDATE) == (first[0]._replace(period=2),)


def test_clock_that_is_paused_ended_or_without_target_asks_for_nothing():
    asked = moment("asked_client", tallinn(11, 16, 15))
    answered = moment("client_answered", tallinn(11, 17, 9))
    resolved = moment("resolved", tallinn(11, 16, 15))

    assert due([RAISED, asked], tallinn(11, 18, 9)) == ()
    assert due([RAISED, asked, answered], tallinn(11, 17, 9)) == (TOLD,)
    assert due([RAISED, resolved], tallinn(11, 18, 9)) == ()
    assert due([raised(tallinn(11, 16, 8), "others")], tallinn(11, 18, 9)) == ()


def test_next_look_is_when_the_next_step_will_be_due():
    def look(story, now, done=()):
        return next_step_at(read(story, now)[SOLUTION], STEPS, done, CALENDARS)

    late = raised(tallinn(11, 13, 16))  # Friday

    assert look([late], tallinn(11, 14, 12)) == tallinn(11, 16, 13, 24)
    assert look([late], tallinn(11, 16, 14)) == tallinn(11, 16, 14)  # one is due already
    assert look([late], tallinn(11, 16, 14), {TOLD}) == tallinn(11, 16, 15)
    assert look([late], tallinn(11, 18, 9), due([late], tallinn(11, 18, 9))) is None


def test_share_that_is_no_whole_second_is_due_in_the_second_after_it():
    step = [Step(REACTION, 1, Measure.TELL_RESPONSIBLE)]  # 1 % of 15 minutes is 9 s, of 30 is 18 s
    third = [Step(REACTION, 7, Measure.TELL_RESPONSIBLE), *step]
    story = [raised(tallinn(11, 16, 8), urgency="high")]
    reading = read(story, tallinn(11, 16, 8))[REACTION]

    assert next_step_at(reading, step, (), CALENDARS) == tallinn(11, 16, 8, 0, 9)
    assert next_step_at(reading, third[:1], (), CALENDARS) == tallinn(11, 16, 8, 1, 3)


def test_step_at_no_share_is_refused():
    with pytest.raises(ValueError, match="after some"):
        Step(SOLUTION, 0, Measure.TELL_RESPONSIBLE)
