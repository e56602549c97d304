from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.actions.close_locked_ticket import close_locked_ticket
from tickets.actions.comment_on_ticket import NothingSaid
from tickets.actions.lock_ticket import lock_with_parts
from tickets.actions.settle_parts import settle_parts
from tickets.actions.tell_client import tell_client
from tickets.actions.tick_checklist import finish_checklist
from tickets.choices import DeliveryChannel, PartChoice
from tickets.models import Ticket


def deliver_solution(
    *,
    ticket: Ticket,
    version: int,
    channel: DeliveryChannel,
    text: str,
    closes: bool = True,
    parts: Mapping[int, PartChoice] | None = None,
    ticked: Collection[int] = (),
    by: User,
    at: datetime,
) -> Ticket:
    """The client is told the solution: by whom, how, when and in which words is kept (duty 3.1.8).

    1. Lines of the checklist in `ticked` are done with it; one that must be done before hinders it, by name.
    2. By e-mail the letter is owed in the same step; a reply to it opens the ticket again.
    3. The inquiry that the ticket came from, and those of tickets merged into it, are solved with what the
       client was told.
    4. With each open part is done what was chosen for it (`parts`, by its id): its own client gets a
       delivery of its own.
    5. The ticket is closed, here and in Jira, unless the client is still to confirm.

    Raises NothingSaid, ChecklistNotDone, NoAddress, MoveNotAllowed, StaleSave, and what settle_parts raises; then nothing has
    changed.
    """
    if not text.strip():
        raise NothingSaid
    with transaction.atomic():
        ticket = lock_with_parts(ticket)
        ticket.claim_version(version)
        finish_checklist(ticket, ticked=ticked, by=by, at=at)
        told = tell_client(ticket, channel=channel, text=text.strip(), by=by, at=at)
        settle_parts(ticket, parts or {}, told, closes=closes, by=by, at=at)
        if closes:
            close_locked_ticket(ticket, by=by, at=at)
    return ticket
