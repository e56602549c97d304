"""One wait of one clock, while its story is being told."""

import datetime as dt
from dataclasses import dataclass

from tickets.clocks.reading import ClockState, Reading
from tickets.clocks.ruler import Ruler
from tickets.clocks.targets import ClockName


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what a clock counts from a moment on."""

    group: str
    calendar: str
    ruler: Ruler
    target: int | None  # seconds


@dataclass(slots=True)
class Period:
    clock: ClockName
    number: int
    terms: Terms
    began_at: dt.datetime
    counts_from: dt.datetime | None  # what came before is in `used`; None: stands still
    used: int = 0
    target: int | None = None
    reached_at: dt.datetime | None = None  # when `used` reached the target
    counted_to: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    is_met: bool = False
    kept: Reading | None = None

    def __post_init__(self) -> None:
        self.target = self.terms.target

    def count(self, at: dt.datetime) -> None:
        if self.counts_from is None or at <= self.counts_from:
            return
        passed = self.terms.ruler.between(self.counts_from, at)
        if self.target is not None and self.reached_at is None:
            left = self.target - self.used
            if passed >= left:
                self.reached_at = self.terms.ruler.after(self.counts_from, left)
        self.used += passed
        self.counts_from = self.counted_to = at

    def hold(self, at: dt.datetime) -> None:
        self.count(at)
        self.counts_from = None

    def go_on(self, at: dt.datetime) -> None:
        self.counts_from = at

    def take(self, terms: Terms, at: dt.datetime) -> None:
        """Go on under other terms: what is used stays used."""
        self.count(at)
        self.terms = terms
        if terms.target != self.target:
            self.target = terms.target
            is_used_up = self.target is not None and self.used >= self.target
            self.reached_at = at if is_used_up else None

    def end(self, at: dt.datetime, *, is_met: bool) -> None:
        self.hold(at)
        self.ended_at, self.is_met = at, is_met

    def keep(self, reading: Reading) -> None:
        """Believe what was recorded when the period ended, whatever the calendars say now."""
        self.kept = reading
        self.used, self.target = reading.used_seconds, reading.target_seconds
        is_used_up = self.target is not None and self.used >= self.target
        self.reached_at = reading.due_at if is_used_up else None

    def come_back(self, terms: Terms, at: dt.datetime) -> None:
        self.ended_at, self.is_met, self.kept = None, False, None
        self.take(terms, at)
        self.counts_from = at

    def read(self, now: dt.datetime) -> Reading:
        if self.kept:
            return self.kept
        self.count(now)
        return Reading(
            clock=self.clock,
            state=self._state(),
            used_seconds=self.used,
            target_seconds=self.target,
            due_at=self._due_at(now),
            began_at=self.began_at,
            ended_at=self.ended_at,
            is_paused=self.ended_at is None and self.counts_from is None,
            period=self.number,
            group=self.terms.group,
            calendar=self.terms.calendar,
            read_at=now,
        )

    def _state(self) -> ClockState:
        if self.target is None:
            return ClockState.NONE
        if self.reached_at and self.counted_to and self.counted_to > self.reached_at:
            return ClockState.MISSED
        if self.ended_at:
            return ClockState.MET if self.is_met else ClockState.NONE
        return ClockState.PAUSED if self.counts_from is None else ClockState.RUNNING

    def _due_at(self, now: dt.datetime) -> dt.datetime | None:
        from_moment = self.ended_at or (self.counts_from and now)
        if self.target is None or from_moment is None:
            return None
        return self.reached_at or self.terms.ruler.after(from_moment, self.target - self.used)
