"""What was promised, and in whose hours it is counted: data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from common.working_time import WorkingClock


class ClockName(StrEnum):
    REACTION = "reaction"
    UPDATE = "update"
    SOLUTION = "solution"
    DELIVERY = "delivery"


class CalendarMissing(LookupError):
    """No hours are known for a group, so its time cannot be counted."""


@dataclass(frozen=True)
class Targets:
    """Minutes of open time for each clock by group and urgency; which calendar each group keeps.

    What is not named has no target. Delivery is the responsible's and has a calendar of its own.
    """

    minutes: Mapping[tuple[str, str], Mapping[ClockName, int]]
    calendar_of_group: Mapping[str, str]
    delivery_calendar: str

    def __post_init__(self) -> None:
        for of_clock in self.minutes.values():
            if any(minutes <= 0 for minutes in of_clock.values()):
                raise ValueError("a target is at least one minute; leave it out for no target")

    def seconds(self, clock: ClockName, group: str, urgency: str) -> int | None:
        minutes = self.minutes.get((group, urgency), {}).get(clock)
        return None if minutes is None else minutes * 60

    def calendar(self, clock: ClockName, group: str) -> str:
        if clock == ClockName.DELIVERY:
            return self.delivery_calendar
        try:
            return self.calendar_of_group[group]
        except KeyError:
            raise CalendarMissing(f"no calendar is named for the group {group!r}") from None


def calendar_named(calendars: Mapping[str, WorkingClock], name: str) -> WorkingClock:
    try:
        return calendars[name]
    except KeyError:
        raise CalendarMissing(f"there is no calendar {name!r}") from None
