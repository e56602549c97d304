"""A field for a day, within the years that this system knows."""

import datetime as dt
from typing import Any

from django import forms

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2200, 12, 31)


def is_known_day(day: dt.date) -> bool:
    """Whether the day may be meant: 0026 is a slip, and beyond 9999 no calendar counts on."""
    return FIRST <= day <= LAST


class DayField(forms.DateField):
    """A day as `<input type=date>` sends it; one far out of our time is no day that was meant."""

    def to_python(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().to_python(value)
        if day is not None and not is_known_day(day):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
