"""Stories of tickets in Estonian working time, told in few words."""

import datetime as dt
from zoneinfo import ZoneInfo

from common.working_time import OpeningHours, WorkingClock
from tickets.clocks import ClockName, Happening, Moment, Targets, read_clocks

TALLINN = ZoneInfo("Europe/Tallinn")
REACTION, UPDATE, SOLUTION, DELIVERY = ClockName
HOUR = 3600

IT, PERMITS = "IT", "permits"
CALENDARS = {
    "it": WorkingClock(OpeningHours.parse("mon-fri 08:00-17:00"), TALLINN),
    "permits": WorkingClock(
        OpeningHours.parse("mon-thu 08:00-12:00, 12:30-17:00; fri 08:00-15:45"), TALLINN
    ),
    "service": WorkingClock(OpeningHours.parse("mon-fri 09:00-16:00"), TALLINN),
    "always": WorkingClock(OpeningHours.parse("mon-sun 00:00-24:00"), TALLINN),
}
TARGETS = Targets(
    minutes={
        (IT, "normal"): {REACTION: 30, UPDATE: 240, SOLUTION: 8 * 60, DELIVERY: 120},
        (IT, "high"): {REACTION: 15, UPDATE: 120, SOLUTION: 4 * 60, DELIVERY: 60},
        (PERMITS, "normal"): {REACTION: 60, SOLUTION: 16 * 60, DELIVERY: 120},
        ("night watch", "normal"): {SOLUTION: 8 * 60},
    },
    calendar_of_group={IT: "it", PERMITS: "permits", "night watch": "always", "others": "it"},
    delivery_calendar="service",
)


def tallinn(month, day, hour=0, minute=0, second=0, year=2026):
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=TALLINN)


def raised(at, group=IT, urgency="normal"):
    return Moment(Happening.RAISED, at, group, urgency)


def moment(what, at, group="", urgency=""):
    return Moment(Happening(what), at, group, urgency)


def read(story, now, **changes):
    return read_clocks(
        story, changes.pop("targets", TARGETS), changes.pop("calendars", CALENDARS), now, **changes
    )
