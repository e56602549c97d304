"""Open seconds between moments far apart, without walking over every day between them."""

import datetime as dt
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from common.working_time import WorkingClock

ONE_DAY = dt.timedelta(days=1)
KEPT_PLACES = 4096
LONGEST_SEARCH = 3  # years; hours that never open would be looked for without end

Place = tuple[int, int]  # a local year, and the open seconds from its beginning


class Year(NamedTuple):
    nights: list[dt.datetime]  # when each day begins, and the next year
    before: list[int]  # open seconds of the year before each of these


class Ruler:
    """Adds up a calendar's days once a year of it is needed. The rules are all WorkingClock's."""

    def __init__(self, calendar: WorkingClock) -> None:
        self.calendar = calendar
        self._years: dict[int, Year] = {}
        # The same moment is asked for by several clocks of a ticket, and again on the next page.
        self._place = lru_cache(maxsize=KEPT_PLACES)(self._find_place)

    def between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Return the open seconds from a moment to one that is not before it."""
        (first, start_second), (last, end_second) = self._place(start), self._place(end)
        whole_years = sum(self._year(year).before[-1] for year in range(first, last))
        return whole_years + end_second - start_second

    def after(self, start: dt.datetime, seconds: int) -> dt.datetime:
        """Return the moment at which that many open seconds, at least one, have passed."""
        year, place = self._place(start)
        goal = place + seconds
        last = year + LONGEST_SEARCH + goal // (366 * 24 * 3600)
        while goal > (total := self._year(year).before[-1]):
            if total == 0 and year >= last:
                raise ValueError("the opening hours never open")
            goal -= total
            year += 1
        nights, before = self._year(year)
        number = bisect_left(before, goal) - 1
        return self.calendar.add_hours(nights[number], (goal - before[number]) / 3600)

    def _find_place(self, at: dt.datetime) -> Place:
        day = at.astimezone(self.calendar.zone).date()
        nights, before = self._year(day.year)
        number = day.toordinal() - dt.date(day.year, 1, 1).toordinal()
        if before[number] == before[number + 1]:
            return day.year, before[number]
        return day.year, before[number] + self._seconds(nights[number], at)

    def _year(self, year: int) -> Year:
        if year not in self._years:
            first, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
            nights = [self._midnight(first + n * ONE_DAY) for n in range((end - first).days + 1)]
            of_days = map(self._seconds, nights, nights[1:])
            self._years[year] = Year(nights, list(accumulate(of_days, initial=0)))
        return self._years[year]

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), self.calendar.zone).astimezone(dt.UTC)

    def _seconds(self, start: dt.datetime, end: dt.datetime) -> int:
        return round(self.calendar.hours_between(start, end) * 3600)


def ruler_of(calendar: WorkingClock) -> Ruler:
    if not isinstance(calendar.closed_days, frozenset):
        calendar = replace(calendar, closed_days=frozenset(calendar.closed_days))
    return _ruler(calendar)


@lru_cache(maxsize=64)
def _ruler(calendar: WorkingClock) -> Ruler:
    return Ruler(calendar)
