from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from tickets.actions.close_locked_ticket import close_locked_ticket
from tickets.actions.lock_ticket import lock_ticket, lock_with_parts
from tickets.actions.settle_parts import settle_parts
from tickets.choices import PartChoice
from tickets.models import Ticket
from tickets.states import TicketState


def close_ticket(
    *,
    ticket: Ticket,
    version: int,
    parts: Mapping[int, PartChoice] | None = None,
    by: User,
    at: datetime,
) -> Ticket:
    """The client knows the solution: closed here, and a closing is owed to Jira.

    What becomes of each open part was asked (`parts`, by its id): whoever is told now hears what the client
    of the whole was told last.

    Raises MoveNotAllowed, StaleSave, and what settle_parts raises; then nothing has changed.
    """
    with transaction.atomic():
        ticket = lock_with_parts(ticket)
        ticket.claim_version(version)
        last = ticket.deliveries.last()
        settle_parts(ticket, parts or {}, last, by=by, at=at)
        return close_locked_ticket(ticket, by=by, at=at)


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
