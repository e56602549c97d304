import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from common.working_time import OpeningHours, WorkingClock


def working_clock() -> WorkingClock:
    """Return the clock of the service's opening hours, as the settings say."""
    return _clock(settings.SERVICE_HOURS, tuple(settings.SERVICE_CLOSED_DAYS), settings.TIME_ZONE)


def clock_of(hours: str) -> WorkingClock:
    """Return a clock of other hours, with the closed days of the settings.

    Raises OpeningHoursNotUnderstood.
    """
    return _clock(hours, tuple(settings.SERVICE_CLOSED_DAYS), settings.TIME_ZONE)


@lru_cache(maxsize=32)
def _clock(hours: str, closed_days: tuple[str, ...], zone: str) -> WorkingClock:
    return WorkingClock(
        OpeningHours.parse(hours),
        ZoneInfo(zone),
        frozenset(dt.date.fromisoformat(day) for day in closed_days),
    )
