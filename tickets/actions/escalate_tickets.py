from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.queries import staff_with_role
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.actions.reckon_due import done_of, reckon_due, steps_of
from tickets.choices import Urgency
from tickets.clocks import DueStep, Measure, due_steps
from tickets.clocks_of import readings_of, terms_now
from tickets.models import StepDone, Ticket, TicketWatch

HIGHER = {Urgency.NORMAL: Urgency.HIGH, Urgency.HIGH: Urgency.CRITICAL}


def escalate_tickets(*, at: datetime) -> int:
    """Take the escalation steps that have come due, each once, whoever was killed meanwhile."""
    due = Ticket.objects.open().filter(look_at__lte=at).order_by("look_at", "pk")
    return sum(_escalate(ticket, at) for ticket in due)


def _escalate(ticket: Ticket, at: datetime) -> int:
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if not ticket.is_open or ticket.look_at is None or ticket.look_at > at:
            return 0
        readings = readings_of(ticket, at, terms=terms_now())
        steps, done = steps_of(ticket), done_of(ticket)
        taken = [step for one in readings.values() for step in due_steps(one, steps, done)]
        for step in taken:
            _take(ticket, step, at)
        reckon_due(ticket, at=at)
        ticket.save(update_fields=["urgency", "moved_at", "due_at", "due_clock", "look_at"])
    return len(taken)


def _take(ticket: Ticket, step: DueStep, at: datetime) -> None:
    StepDone.objects.create(
        ticket=ticket,
        clock=step.clock,
        period=step.period,
        percent=step.percent,
        what=step.what,
        at=at,
    )
    note_event(
        ticket=ticket, what=step.what, by=None, at=at, clock=step.clock, percent=step.percent
    )
    if step.what == Measure.RAISE_URGENCY and ticket.urgency in HIGHER:
        ticket.urgency = HIGHER[Urgency(ticket.urgency)]
        note_event(ticket=ticket, what="urgency", by=None, at=at, urgency=ticket.urgency)
    if step.what == Measure.TELL_COORDINATOR:
        for user in staff_with_role("coordinator", timezone.localdate(at)):
            TicketWatch.objects.get_or_create(ticket=ticket, user=user)
    ticket.moved_at = at  # it stands among what moved, with whoever is told


def recount_due(*, at: datetime) -> int:
    """Calendars, targets or steps have changed: read the clocks of all open tickets anew."""
    terms = terms_now()
    count = 0
    for pk in Ticket.objects.open().order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            ticket = lock_ticket(Ticket(pk=pk))
            if ticket.is_open:
                reckon_due(ticket, at=at, terms=terms)
                ticket.save(update_fields=["due_at", "due_clock", "look_at"])
                count += 1
    return count
