"""One step with many tickets at once: those that it fits are done, the others stay as they are."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from common.models import StaleSave
from common.states import MoveNotAllowed
from tickets.actions.close_ticket import close_ticket
from tickets.actions.settle_parts import PartsNotAsked
from tickets.actions.work_on_ticket import assign_ticket
from tickets.models import Ticket, TicketWatch
from tickets.states import OPEN


def watch_tickets(*, tickets: Collection[Ticket], by: User) -> list[Ticket]:
    """Somebody wants to hear of these tickets; those that are watched already stay so."""
    TicketWatch.objects.bulk_create(
        [TicketWatch(ticket=ticket, user=by) for ticket in tickets], ignore_conflicts=True
    )
    return list(tickets)


def assign_tickets(
    *, tickets: Collection[Ticket], to: User, by: User, at: datetime
) -> list[Ticket]:
    """Somebody of tier II gets these tickets to work on.

    1. Those that have ended, and those of a group that the person does not belong to, stay as they are.
    """
    groups = set(to.ticket_groups.values_list("pk", flat=True))
    fitting = [one for one in tickets if one.state in OPEN and one.group_id in groups]
    assigned = []
    for ticket in fitting:
        try:
            assigned.append(assign_ticket(ticket=ticket, to=to, by=by, at=at))
        except MoveNotAllowed:  # it ended a moment ago
            continue
    return assigned


def close_tickets(*, tickets: Collection[Ticket], by: User, at: datetime) -> list[Ticket]:
    """Tickets whose client was told are closed; what the client does not know yet, or has open parts, stays open."""
    chosen = [one.pk for one in tickets]
    wholes = set(Ticket.objects.open().filter(parent__in=chosen).values_list("parent", flat=True))
    closed = []
    for ticket in tickets:
        if ticket.pk in wholes:  # closed on its own page, which asks about them
            continue
        try:
            closed.append(close_ticket(ticket=ticket, version=ticket.version, by=by, at=at))
        except (MoveNotAllowed, StaleSave, PartsNotAsked):
            continue
    return closed
