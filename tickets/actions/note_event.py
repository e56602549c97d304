from datetime import datetime

from accounts.models import User
from common.actions import publish_event
from tickets.models import Ticket, TicketEvent


def note_event(
    *,
    ticket: Ticket,
    what: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    **parameters: str | int,
) -> TicketEvent:
    """Add a line to the story of a ticket, in the caller's transaction, and tell open pages.

    `parameters` are numbers and codes; no personal data.
    """
    event = TicketEvent.objects.create(
        ticket=ticket, what=what, by=by, at=at, reason=reason, parameters=parameters
    )
    publish_event(kind="ticket-changed", about=ticket, at=at)
    return event


def tell_news(ticket: Ticket, *, at: datetime) -> None:
    """The responsible person has something new to see, and open pages draw it."""
    ticket.moved_at = at
    ticket.save(update_fields=["moved_at"])
    publish_event(kind="ticket-changed", about=ticket, at=at)
