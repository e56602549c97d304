"""A ticket's service clocks: its story, the targets and the calendars, read by `tickets.clocks`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

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
from tickets.models import ClockTarget, KeptReading, Ticket, TicketEvent, TicketGroup
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


def terms_now(groups: Sequence[TicketGroup] | None = None) -> Terms:
    """A target without an urgency is for all of them; what names one goes before."""
    groups = list(TicketGroup.objects.all()) if groups is None else groups
    minutes: dict[tuple[str, str], dict[ClockName, int]] = {}
    code = {group.pk: group.code for group in groups}
    for target in ClockTarget.objects.order_by("urgency", "pk"):  # the general ones first
        for urgency in (target.urgency,) if target.urgency else URGENCIES:
            of_clock = minutes.setdefault((code[target.group_id], urgency), {})
            of_clock[ClockName(target.clock)] = round(target.hours * 60)
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
    ticket: Ticket, at: datetime, *, events: Sequence[TicketEvent] = (), terms: Terms | None = None
) -> Mapping[ClockName, Reading]:
    """Return what each clock of a raised ticket shows; of a draft nothing."""
    story = story_of_clocks(events or ticket.events.order_by("at", "pk"))
    if not story:
        return {}
    terms = terms or terms_now()
    return read_clocks(story, terms.targets, terms.calendars, at, kept_of(ticket))


def ended_of(ticket: Ticket, at: datetime, terms: Terms) -> Sequence[Reading]:
    story = story_of_clocks(ticket.events.order_by("at", "pk"))
    kept = kept_of(ticket)
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
