from collections.abc import Sequence
from datetime import datetime

from tickets.clocks import ClockName, DueStep, Measure, Reading, Step, next_step_at
from tickets.clocks_of import Terms, ended_of, kept_of, readings_of, terms_now
from tickets.models import EscalationStep, KeptReading, StepDone, Ticket


def reckon_due(ticket: Ticket, *, at: datetime, terms: Terms | None = None) -> None:
    """Read the clocks of a locked ticket anew: when something of it is due, and when to look again.

    What has ended is kept as it was read. The caller saves `due_at`, `due_clock` and `look_at`.
    """
    terms = terms or terms_now()
    events, kept = list(ticket.events.order_by("at", "pk")), kept_of(ticket)
    if _keep_ended(ticket, ended_of(events, kept, at, terms)):
        kept = kept_of(ticket)
    readings = readings_of(ticket, at, events=events, terms=terms, kept=kept)
    running = [
        (one.due_at, one.clock.value) for one in readings.values() if one.due_at and one.is_counting
    ]
    ticket.due_at, ticket.due_clock = min(running, default=(None, ""))
    steps, done = steps_of(ticket), done_of(ticket)
    looks = [next_step_at(one, steps, done, terms.calendars) for one in readings.values()]
    ticket.look_at = min((one for one in looks if one is not None), default=None)


def _keep_ended(ticket: Ticket, ended: Sequence[Reading]) -> bool:
    rows = [
        KeptReading(
            ticket=ticket,
            clock=one.clock,
            period=one.period,
            ended_at=one.ended_at,
            state=one.state,
            used_seconds=one.used_seconds,
            target_seconds=one.target_seconds,
            due_at=one.due_at,
            began_at=one.began_at,
            is_paused=one.is_paused,
            group=one.group,
            calendar=one.calendar,
        )
        for one in ended
        if one.began_at and one.ended_at
    ]
    KeptReading.objects.bulk_create(rows, ignore_conflicts=True)
    return bool(rows)


def steps_of(ticket: Ticket) -> list[Step]:
    """The steps of the ticket's group, or of all where the group has none of its own."""
    rows = list(EscalationStep.objects.filter(group=ticket.group_id) if ticket.group_id else [])
    rows = rows or list(EscalationStep.objects.filter(group=None))
    return [Step(ClockName(one.clock), one.percent, Measure(one.what)) for one in rows]


def done_of(ticket: Ticket) -> set[DueStep]:
    return {
        DueStep(ClockName(one.clock), one.period, one.percent, Measure(one.what))
        for one in StepDone.objects.filter(ticket=ticket)
    }
