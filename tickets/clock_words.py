"""What a ticket's clocks show, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tickets.choices import CLOCKS
from tickets.clocks import ClockName, ClockState, Reading

MINUTE = 60


@dataclass(frozen=True)
class ClockLine:
    """One clock on the page: what it waits for, how it stands, and until when."""

    label: str
    words: str
    tone: str  # of the pill
    icon: str
    due_at: datetime | None


def clock_lines(readings: Mapping[ClockName, Reading]) -> list[ClockLine]:
    """Return the clocks that have begun and have a target, in the order of a ticket's life."""
    return [
        _line(readings[name])
        for name in ClockName
        if name in readings
        and readings[name].target_seconds is not None
        and readings[name].state != ClockState.NONE
    ]


def _line(one: Reading) -> ClockLine:
    label = str(CLOCKS[one.clock.value])
    left = (one.target_seconds or 0) - one.used_seconds
    if one.state == ClockState.MISSED:
        words = _("late by %(time)s") % {"time": in_hours(-left)}
        if one.ended_at:
            words = _("was late by %(time)s") % {"time": in_hours(-left)}
        return ClockLine(label, words, "pill-bad", "alarm", one.due_at)
    if one.state == ClockState.MET:
        return ClockLine(label, _("in time"), "pill-good", "check", None)
    words = _("%(time)s left") % {"time": in_hours(left)}
    if one.state == ClockState.PAUSED:
        words = _("stands still, %(time)s left") % {"time": in_hours(left)}
        return ClockLine(label, words, "", "player-pause", None)
    tone = "pill-warn" if left * 5 < (one.target_seconds or 0) else "pill-acc"
    return ClockLine(label, words, tone, "clock", one.due_at)


def in_hours(seconds: int) -> str:
    """Business time in hours and minutes, as people say it."""
    hours, minutes = divmod(max(seconds, 0) // MINUTE, MINUTE)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
