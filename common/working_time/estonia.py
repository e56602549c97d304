"""Public holidays and shortened days of Estonia (TLS § 53, holidays act)."""

import datetime as dt
from functools import lru_cache

import holidays

# The workday before 1 January, 24 February, 23 June and 24 December is three hours shorter. It is
# not moved when it falls on a day of rest.
SHORTENED = frozenset({(12, 31), (2, 23), (6, 22), (12, 23)})
SHORTENED_BY_MINUTES = 180


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("EE", years=year))


def is_public_holiday(day: dt.date) -> bool:
    return day in _holidays_of(day.year)


def is_shortened_date(day: dt.date) -> bool:
    return (day.month, day.day) in SHORTENED
