"""The story told from its beginning: which clock begins, stands still or ends at which moment."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from common.working_time import WorkingClock
from tickets.clocks.period import Period, Terms
from tickets.clocks.reading import Reading, not_begun
from tickets.clocks.ruler import ruler_of
from tickets.clocks.story import Happening, Moment, in_order, to_the_second
from tickets.clocks.targets import ClockName, Targets, calendar_named

REACTION, UPDATE, SOLUTION, DELIVERY = ClockName
OF_TIER_TWO = (REACTION, UPDATE, SOLUTION)


def read_clocks(
    story: Sequence[Moment],
    targets: Targets,
    calendars: Mapping[str, WorkingClock],
    now: dt.datetime,
    kept: Iterable[Reading] = (),
) -> Mapping[ClockName, Reading]:
    """Return what each clock shows at a moment; what happened after it is left out."""
    told = _told(story, targets, calendars, now, kept)
    now = to_the_second(now)
    return {
        clock: told.current[clock].read(now) if clock in told.current else not_begun(clock, now)
        for clock in ClockName
    }


def ended_periods(
    story: Sequence[Moment],
    targets: Targets,
    calendars: Mapping[str, WorkingClock],
    now: dt.datetime,
    kept: Iterable[Reading] = (),
) -> tuple[Reading, ...]:
    """Return every period that has ended by a moment, in that order: what is to be stored."""
    told = _told(story, targets, calendars, now, kept)
    now = to_the_second(now)
    return tuple(period.read(now) for period in told.ended)


def _told(
    story: Sequence[Moment],
    targets: Targets,
    calendars: Mapping[str, WorkingClock],
    now: dt.datetime,
    kept: Iterable[Reading],
) -> "_Telling":
    telling = _Telling(targets, calendars, kept)
    until = to_the_second(now)
    for at, moment in in_order(story):
        if at <= until:
            telling.tell(moment, at)
    return telling


class _Telling:
    def __init__(
        self, targets: Targets, calendars: Mapping[str, WorkingClock], kept: Iterable[Reading]
    ) -> None:
        self.targets, self.calendars = targets, calendars
        self.kept = {(one.clock, one.period, one.ended_at): one for one in kept}
        self.group = self.urgency = ""
        self.is_with_tier_two = self.is_waiting = False
        self.current: dict[ClockName, Period] = {}
        self.ended: list[Period] = []
        self.numbers = dict.fromkeys(ClockName, 0)
        self.known_terms: dict[tuple[ClockName, str, str], Terms] = {}

    def tell(self, moment: Moment, at: dt.datetime) -> None:
        match moment.what:
            case Happening.RAISED | Happening.REOPENED | Happening.REGROUPED:
                self._goes_to(moment, at)
            case Happening.DELIVERED:
                self._end(DELIVERY, at, is_met=True)
            case Happening.CLOSED:
                self._closed(at)
            case Happening.HELD:
                self._hold(at)
            case Happening.RELEASED:
                self._release(at)
            case _ if self.is_with_tier_two:
                self._tier_two_has_it(moment.what, at)

    def _tier_two_has_it(self, what: Happening, at: dt.datetime) -> None:
        match what:
            case Happening.REACTED:
                self._end(REACTION, at, is_met=True)
            case Happening.UPDATED:
                self._word(at)
                self._begin(UPDATE, at)
            case Happening.ASKED_CLIENT:
                self._wait(at)
            case Happening.CLIENT_ANSWERED:
                self._wait_is_over(at)
            case Happening.RESOLVED:
                self._word(at)
                self._leaves_tier_two(at, is_solved=True)
                self._begin(DELIVERY, at)
            case Happening.REJECTED:
                self._word(at)
                self._leaves_tier_two(at, is_solved=False)

    def _goes_to(self, moment: Moment, at: dt.datetime) -> None:
        is_other_group = moment.group not in ("", self.group)
        self.group = moment.group or self.group
        self.urgency = moment.urgency or self.urgency
        if moment.what != Happening.REGROUPED and not self.is_with_tier_two:
            self._comes_in(at)
            return
        if is_other_group and self.is_with_tier_two:
            self._end(REACTION, at, is_met=False)
            self._begin(REACTION, at)
        for period in self._not_ended():
            self._under_new_terms(period)
            period.take(self._terms(period.clock), at)

    def _comes_in(self, at: dt.datetime) -> None:
        self.is_with_tier_two = True
        self._end(DELIVERY, at, is_met=False)
        self.current.pop(DELIVERY, None)
        self._begin(REACTION, at)
        self._begin(UPDATE, at)
        if SOLUTION not in self.current:
            self._begin(SOLUTION, at)
            return
        # The period that ended stays as it was in `ended`.
        solution = self.current[SOLUTION] = copy(self.current[SOLUTION])
        self._under_new_terms(solution)
        solution.come_back(self._terms(SOLUTION), at)

    def _under_new_terms(self, period: Period) -> None:
        """Another group's time is a period of its own, whose steps are due again."""
        if period.clock in OF_TIER_TWO and period.terms.group != self.group:
            period.number = self._next_number(period.clock)

    def _word(self, at: dt.datetime) -> None:
        self._end(REACTION, at, is_met=True)
        self._end(UPDATE, at, is_met=True)

    def _wait(self, at: dt.datetime) -> None:
        self.is_waiting = True
        self._hold(at)

    def _wait_is_over(self, at: dt.datetime) -> None:
        if self.is_waiting:
            self.is_waiting = False
            self._release(at)

    def _hold(self, at: dt.datetime) -> None:
        for period in self._not_ended():
            period.hold(at)

    def _release(self, at: dt.datetime) -> None:
        if self.is_waiting:  # what waited for the client before waits on
            return
        for period in self._not_ended():
            if period.counts_from is None:
                period.go_on(at)

    def _leaves_tier_two(self, at: dt.datetime, *, is_solved: bool) -> None:
        self._end(SOLUTION, at, is_met=is_solved)
        self.is_with_tier_two = self.is_waiting = False

    def _closed(self, at: dt.datetime) -> None:
        for period in self._not_ended():
            self._end(period.clock, at, is_met=False)
        self.is_with_tier_two = self.is_waiting = False

    def _not_ended(self) -> list[Period]:
        return [period for period in self.current.values() if period.ended_at is None]

    def _begin(self, clock: ClockName, at: dt.datetime) -> None:
        self.current[clock] = Period(
            clock=clock,
            number=self._next_number(clock),
            terms=self._terms(clock),
            began_at=at,
            counts_from=None if self.is_waiting else at,
        )

    def _end(self, clock: ClockName, at: dt.datetime, *, is_met: bool) -> None:
        period = self.current.get(clock)
        if period is None or period.ended_at is not None:
            return
        period.end(at, is_met=is_met)
        recorded = self.kept.get((clock, period.number, at))
        if recorded:
            period.keep(recorded)
        self.ended.append(period)

    def _next_number(self, clock: ClockName) -> int:
        self.numbers[clock] += 1
        return self.numbers[clock]

    def _terms(self, clock: ClockName) -> Terms:
        key = (clock, self.group, self.urgency)
        if key not in self.known_terms:
            calendar = self.targets.calendar(clock, self.group)
            self.known_terms[key] = Terms(
                group=self.group,
                calendar=calendar,
                ruler=ruler_of(calendar_named(self.calendars, calendar)),
                target=self.targets.seconds(clock, self.group, self.urgency),
            )
        return self.known_terms[key]
