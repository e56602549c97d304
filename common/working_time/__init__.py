"""When the service is open: holidays, shortened days, opening hours, summer time. No Django here."""

from common.working_time.clock import WorkingClock
from common.working_time.estonia import is_public_holiday, is_shortened_date
from common.working_time.opening_hours import OpeningHours, OpeningHoursNotUnderstood

__all__ = [
    "OpeningHours",
    "OpeningHoursNotUnderstood",
    "WorkingClock",
    "is_public_holiday",
    "is_shortened_date",
]
