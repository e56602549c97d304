import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from common.working_time.estonia import (
    SHORTENED_BY_MINUTES,
    is_public_holiday,
    is_shortened_date,
)
from common.working_time.opening_hours import OpeningHours, Span

ONE_DAY = dt.timedelta(days=1)
LONGEST_SEARCH = 366 * 3  # days; hours that never open would be looked for without end


@dataclass(frozen=True)
class WorkingClock:
    """Counts only the time in which the service is open. Hours are real ones, whatever the clocks show."""

    hours: OpeningHours
    zone: ZoneInfo
    closed_days: Collection[dt.date] = field(default_factory=frozenset)  # besides the holidays

    def is_workday(self, day: dt.date) -> bool:
        return bool(
            self.hours.of_weekday[day.weekday()]
            and day not in self.closed_days
            and not is_public_holiday(day)
        )

    def is_open(self, at: dt.datetime) -> bool:
        return any(start <= at < end for start, end in self._open_on(self._local_day(at)))

    def nearest_open(self, at: dt.datetime) -> dt.datetime:
        """Return the moment itself where something can be due then, the closing included, else the next opening."""
        at = at.astimezone(dt.UTC)
        if any(opens <= at <= closes for opens, closes in self._open_on(self._local_day(at))):
            return at
        return self.add_hours(at, 0)

    def add_hours(self, start: dt.datetime, hours: float) -> dt.datetime:
        """Return the moment when that many open hours have passed, in UTC."""
        start = start.astimezone(dt.UTC)
        left = dt.timedelta(hours=hours)
        if left < dt.timedelta(0):
            raise ValueError("hours to add must not be negative")
        for opens, closes in self._open_from(start):
            opens = max(opens, start)
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise ValueError("the opening hours never open")

    def hours_between(self, start: dt.datetime, end: dt.datetime) -> float:
        """Return the open hours between two moments, negative when they stand the other way round."""
        start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
        if end < start:
            return -self.hours_between(end, start)
        passed = dt.timedelta(0)
        day = self._local_day(start)
        while day <= self._local_day(end):
            for opens, closes in self._open_on(day):
                passed += max(min(closes, end) - max(opens, start), dt.timedelta(0))
            day += ONE_DAY
        return passed / dt.timedelta(hours=1)

    def add_days(self, day: dt.date, days: int) -> dt.date:
        """Return the workday that many workdays away; for 0 the day itself, or the first workday after it.

        So `add_days(day + 30 days, 0)` is the end of a term of thirty calendar days.
        """
        step = ONE_DAY if days >= 0 else -ONE_DAY
        left = abs(days)
        for _ in range(LONGEST_SEARCH + 7 * left):
            if left == 0 and self.is_workday(day):
                return day
            day += step
            if left and self.is_workday(day):
                left -= 1
        raise ValueError("the opening hours never open")

    def _local_day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.zone).date()

    def _open_from(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        day = self._local_day(start)
        for _ in range(LONGEST_SEARCH):
            for opens, closes in self._open_on(day):
                if closes > start:
                    yield opens, closes
            day += ONE_DAY

    def _open_on(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        if not self.is_workday(day):
            return []
        spans = self.hours.of_weekday[day.weekday()]
        if is_shortened_date(day):
            spans = shortened(spans)
        return [(self._moment(day, start), self._moment(day, end)) for start, end in spans]

    def _moment(self, day: dt.date, minute: int) -> dt.datetime:
        """Return a minute of the local day as a moment in UTC, where sums are real time."""
        if minute == 24 * 60:
            day, minute = day + ONE_DAY, 0
        local = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), self.zone)
        return local.astimezone(dt.UTC)


def shortened(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take three hours of work off the end of the day."""
    left = SHORTENED_BY_MINUTES
    kept: list[Span] = []
    for start, end in reversed(spans):
        cut = min(left, end - start)
        left -= cut
        if end - cut > start:
            kept.append((start, end - cut))
    return tuple(reversed(kept))
