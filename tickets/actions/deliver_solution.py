from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import ContactKind, ContactPoint
from common.refusals import Refusal
from tickets.actions.close_ticket import close_locked_ticket
from tickets.actions.comment_on_ticket import NothingSaid
from tickets.actions.inquiry_of_ticket import solve_inquiry_of_ticket
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.mail_client import mail_client
from tickets.actions.move_ticket import move_ticket
from tickets.choices import DeliveryChannel
from tickets.models import Delivery, Ticket


class NoAddress(Refusal):
    """The client cannot be written to."""

    code = "no_address"
    sentence = _("The client has no e-mail address on the card. Tell by phone, or put one there.")


def deliver_solution(
    *,
    ticket: Ticket,
    version: int,
    channel: DeliveryChannel,
    text: str,
    closes: bool = True,
    by: User,
    at: datetime,
) -> Ticket:
    """The client is told the solution: by whom, how, when and in which words is kept (duty 3.1.8).

    1. By e-mail the letter is owed in the same step; a reply to it opens the ticket again.
    2. The inquiry that the ticket came from is solved with what the client was told.
    3. The ticket is closed, here and in Jira, unless the client is still to confirm.

    Raises NothingSaid, NoAddress, MoveNotAllowed, StaleSave; then nothing has changed.
    """
    if not text.strip():
        raise NothingSaid
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        ticket.claim_version(version)
        if channel == DeliveryChannel.EMAIL:
            point = address_of(ticket)
            if point is None:
                raise NoAddress
            mail_client(ticket, text=text.strip(), to=point.value, by=by, at=at)
        Delivery.objects.create(ticket=ticket, channel=channel, at=at, text=text.strip(), by=by)
        ticket.told_at = at
        move_ticket(ticket, "tell", by=by, at=at, also=("told_at",), channel=channel)
        solve_inquiry_of_ticket(ticket, answer=text.strip(), by=by, at=at)
        if closes:
            close_locked_ticket(ticket, by=by, at=at)
    return ticket


def address_of(ticket: Ticket) -> ContactPoint | None:
    if ticket.client is None:
        return None
    return ticket.client.survivor.contact_points.filter(kind=ContactKind.EMAIL).first()
