import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tickets.clocks.targets import ClockName


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"  # what it waits for has happened, by the due moment
    MISSED = "missed"  # it counted past the due moment, whether or not it has ended since
    NONE = "none"  # no target, not begun, or stopped in time without being met


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clock shows. `due_at` is None in a pause and without a target.

    A period is one wait: from one update to the next, a reaction of one group. A solution has one
    for each group that gets the ticket, and a reopening goes on with it. `ended_at` is when the
    period ended: met, late or stopped. Of a period that has ended, `due_at` is the moment up to
    which it would have had time.
    """

    clock: ClockName
    state: ClockState
    used_seconds: int
    target_seconds: int | None
    due_at: dt.datetime | None
    began_at: dt.datetime | None  # None: has not begun
    ended_at: dt.datetime | None
    is_paused: bool
    period: int  # 1, 2, … of this clock; 0 when it has not begun
    group: str
    calendar: str  # name of the calendar by which it counts
    read_at: dt.datetime

    @property
    def is_counting(self) -> bool:
        """In its calendar's hours, time runs; with or without a target."""
        return self.began_at is not None and self.ended_at is None and not self.is_paused


def not_begun(clock: ClockName, at: dt.datetime) -> Reading:
    return Reading(
        clock=clock,
        state=ClockState.NONE,
        used_seconds=0,
        target_seconds=None,
        due_at=None,
        began_at=None,
        ended_at=None,
        is_paused=False,
        period=0,
        group="",
        calendar="",
        read_at=at,
    )
