from datetime import datetime

from accounts.models import User
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event
from tickets.actions.owe_jira import owe
from tickets.models import CallKind, Ticket


def close_locked_ticket(ticket: Ticket, *, by: User | None, at: datetime) -> Ticket:
    """The client knows, in the caller's transaction. A part that stays open hears of it: it is no part of open work."""
    move_ticket(ticket, "close", by=by, at=at)
    told = ticket.deliveries.count()  # told again, it is closed there again
    owe(ticket, CallKind.CLOSE, f"{ticket.reopened}-{told}", at=at)
    for part in Ticket.objects.open().filter(parent=ticket).order_by("pk"):
        note_event(ticket=part, what="whole_closed", by=by, at=at, number=ticket.number)
        Ticket.objects.filter(pk=part.pk).update(moved_at=at)
    return ticket
