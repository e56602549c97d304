"""Escalation as data: at which share of a target who is told, or what is done."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from common.working_time import WorkingClock
from tickets.clocks.reading import Reading
from tickets.clocks.ruler import ruler_of
from tickets.clocks.targets import ClockName, calendar_named


class Measure(StrEnum):
    TELL_RESPONSIBLE = "tell_responsible"
    TELL_COORDINATOR = "tell_coordinator"
    RAISE_URGENCY = "raise_urgency"


@dataclass(frozen=True, slots=True)
class Step:
    """When a clock has used this share of its target, this is done."""

    clock: ClockName
    percent: int
    what: Measure

    def __post_init__(self) -> None:
        if self.percent <= 0:
            raise ValueError("a step comes after some of the target is used")


class DueStep(NamedTuple):
    """A step of one period: the name under which it is written down as done."""

    clock: ClockName
    period: int
    percent: int
    what: Measure


def due_steps(
    reading: Reading, steps: Iterable[Step], done: Collection[DueStep]
) -> tuple[DueStep, ...]:
    """Return the steps that a reading has reached and that are not done yet, the lowest first.

    Each comes once in a period, however many were passed since the last look. A reopening and a
    change of urgency do not repeat them; another group and a new update do. A clock that has ended
    or is paused asks for nothing: what was reached before a pause is due when it is over.
    """
    reached = [
        name
        for name, seconds in _open_steps(reading, steps, done)
        if reading.used_seconds * 100 >= seconds
    ]
    return tuple(sorted(reached, key=lambda step: step.percent))


def next_step_at(
    reading: Reading,
    steps: Iterable[Step],
    done: Collection[DueStep],
    calendars: Mapping[str, WorkingClock],
) -> dt.datetime | None:
    """Return when to look again: when the next step will be due if nothing happens meanwhile."""
    left = [
        -((reading.used_seconds * 100 - hundredfold) // 100)  # a part of a second is a second
        for _, hundredfold in _open_steps(reading, steps, done)
    ]
    if not left:
        return None
    if min(left) <= 0:
        return reading.read_at
    ruler = ruler_of(calendar_named(calendars, reading.calendar))
    return ruler.after(reading.read_at, min(left))


def _open_steps(
    reading: Reading, steps: Iterable[Step], done: Collection[DueStep]
) -> Iterator[tuple[DueStep, int]]:
    """Yield the steps not done of a clock that counts, with a hundred times their seconds."""
    if reading.target_seconds is None or not reading.is_counting:
        return
    for step in dict.fromkeys(steps):
        name = DueStep(step.clock, reading.period, step.percent, step.what)
        if step.clock == reading.clock and name not in done:
            yield name, step.percent * reading.target_seconds
