from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.move_ticket import move_ticket
from tickets.actions.owe_jira import owe
from tickets.models import CallKind, Ticket
from tickets.states import TicketState


def close_ticket(*, ticket: Ticket, version: int, by: User, at: datetime) -> Ticket:
    """The client knows the solution: closed here, and a closing is owed to Jira.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        ticket.claim_version(version)
        return close_locked_ticket(ticket, by=by, at=at)


def close_locked_ticket(ticket: Ticket, *, by: User | None, at: datetime) -> Ticket:
    move_ticket(ticket, "close", by=by, at=at)
    owe(ticket, CallKind.CLOSE, str(ticket.reopened), at=at)
    return ticket


def close_quiet_tickets(*, at: datetime) -> int:
    """The client was told, and nothing was heard for the quiet days: the matter has ended."""
    since = at - timedelta(days=settings.QUIET_DAYS)
    quiet = Ticket.objects.filter(state=TicketState.TOLD, state_since__lte=since)
    return sum(_close_if_quiet(ticket, since, at) for ticket in quiet.order_by("pk"))


def _close_if_quiet(ticket: Ticket, since: datetime, at: datetime) -> bool:
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.state != TicketState.TOLD or ticket.state_since > since:
            return False
        close_locked_ticket(ticket, by=None, at=at)
    return True
