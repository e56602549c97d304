from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import ContactKind, ContactPoint
from common.refusals import Refusal
from tickets.actions.inquiry_of_ticket import solve_inquiries_of_family
from tickets.actions.mail_client import mail_client
from tickets.actions.move_ticket import move_ticket
from tickets.choices import DeliveryChannel
from tickets.models import Delivery, Ticket


class NoAddress(Refusal):
    """The client cannot be written to."""

    code = "no_address"
    sentence = _("The client has no e-mail address on the card. Tell by phone, or put one there.")


def tell_client(
    ticket: Ticket,
    *,
    channel: DeliveryChannel,
    text: str,
    is_heard_already: bool = False,
    by: User,
    at: datetime,
) -> Delivery:
    """The client of a locked ticket is told, in the caller's transaction: the record, the letter, the inquiries.

    `is_heard_already`: the same words have just left to this client, so no second letter is owed.

    Raises NoAddress, MoveNotAllowed.
    """
    if channel == DeliveryChannel.EMAIL and not is_heard_already:
        point = address_of(ticket)
        if point is None:
            raise NoAddress
        mail_client(ticket, text=text, to=point.value, by=by, at=at)
    delivery = Delivery.objects.create(ticket=ticket, channel=channel, at=at, text=text, by=by)
    ticket.told_at = at
    move_ticket(ticket, "tell", by=by, at=at, also=("told_at",), channel=channel)
    solve_inquiries_of_family(ticket, answer=text, by=by, at=at)
    return delivery


def address_of(ticket: Ticket) -> ContactPoint | None:
    if ticket.client is None:
        return None
    return ticket.client.survivor.contact_points.filter(kind=ContactKind.EMAIL).first()
