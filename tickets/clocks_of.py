"""A ticket's service clocks: its story, the targets and the calendars, read by `tickets.clocks`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from typing import Any

from django.db.models import F

from common.clock import clock_of, working_clock
from common.working_time import WorkingClock
from tickets.clocks import (
    ClockName,
    ClockState,
    Happening,
    Moment,
    Reading,
    Targets,
    ended_periods,
    read_clocks,
)
from tickets.models import KeptReading, Ticket, TicketEvent, TicketGroup
from tickets.states import MOVES

OWN = "service"  # the calendar of the service's own hours
HAPPENINGS = {
    "raise": Happening.RAISED,
    "begin": Happening.REACTED,
    "word": Happening.UPDATED,
    "ask": Happening.UPDATED,
    "wait_for_client": Happening.ASKED_CLIENT,
    "hear_from_client": Happening.CLIENT_ANSWERED,
    "resolve": Happening.RESOLVED,
    "tell": Happening.DELIVERED,
    "reopen": Happening.REOPENED,
    "regroup": Happening.REGROUPED,
    "urgency": Happening.REGROUPED,
    "close": Happening.CLOSED,
    "cancel": Happening.CLOSED,
    "merge": Happening.HELD,
    **dict.fromkeys(
        (move for move in MOVES.table if move.startswith("unmerge_")), Happening.RELEASED
    ),
    "send_back": Happening.REJECTED,
}
URGENCIES = ("normal", "high", "critical")


@dataclass(frozen=True)
class Terms:
    """Targets and calendars as they stand now; read once for many tickets."""

    targets: Targets
    calendars: Mapping[str, WorkingClock]


def groups_with_targets() -> list[Any]:
    """Groups and their targets in one query: a group stands there once for each of its targets, or once."""
    rows = TicketGroup.objects.annotate(
        target_urgency=F("targets__urgency"),
        target_clock=F("targets__clock"),
        target_hours=F("targets__hours"),
    )
    return list(rows.order_by("position", "pk", "targets__urgency", "targets__pk"))


def terms_now(groups: Sequence[Any] | None = None) -> Terms:
    """A target without an urgency is for all of them; what names one goes before."""
    groups = groups_with_targets() if groups is None else groups
    minutes: dict[tuple[str, str], dict[ClockName, int]] = {}
    for one in groups:  # the general ones first
        if one.target_clock is None:
            continue
        for urgency in (one.target_urgency,) if one.target_urgency else URGENCIES:
            of_clock = minutes.setdefault((one.code, urgency), {})
            of_clock[ClockName(one.target_clock)] = round(one.target_hours * 60)
    calendars = {OWN: working_clock(), **{g.code: clock_of(g.hours) for g in groups if g.hours}}
    of_group = {group.code: group.code if group.hours else OWN for group in groups}
    return Terms(Targets(minutes, of_group, OWN), calendars)


def story_of_clocks(events: Iterable[TicketEvent]) -> list[Moment]:
    """The moments that clocks go by; what happened to a draft is none of them."""
    moments = [
        Moment(
            HAPPENINGS[event.what],
            event.at,
            str(event.parameters.get("group", "")),
            str(event.parameters.get("urgency", "")),
        )
        for event in events
        if event.what in HAPPENINGS
    ]
    return list(dropwhile(lambda moment: moment.what != Happening.RAISED, moments))


def readings_of(
    ticket: Ticket,
    at: datetime,
    *,
    events: Sequence[TicketEvent] = (),
    terms: Terms | None = None,
    kept: Sequence[Reading] | None = None,
) -> Mapping[ClockName, Reading]:
    """Return what each clock of a raised ticket shows; of a draft nothing. What is not given is read."""
    story = story_of_clocks(events or ticket.events.order_by("at", "pk"))
    if not story:
        return {}
    terms = terms or terms_now()
    kept = kept_of(ticket) if kept is None else kept
    return read_clocks(story, terms.targets, terms.calendars, at, kept)


def ended_of(
    events: Sequence[TicketEvent], kept: Sequence[Reading], at: datetime, terms: Terms
) -> Sequence[Reading]:
    story = story_of_clocks(events)
    return ended_periods(story, terms.targets, terms.calendars, at, kept) if story else ()


def kept_of(ticket: Ticket) -> list[Reading]:
    return [
        Reading(
            clock=ClockName(row.clock),
            state=ClockState(row.state),
            used_seconds=row.used_seconds,
            target_seconds=row.target_seconds,
            due_at=row.due_at,
            began_at=row.began_at,
            ended_at=row.ended_at,
            is_paused=row.is_paused,
            period=row.period,
            group=row.group,
            calendar=row.calendar,
            read_at=row.ended_at,
        )
        for row in KeptReading.objects.filter(ticket=ticket)
    ]
