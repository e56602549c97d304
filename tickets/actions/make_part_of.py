"""A ticket is a part of a larger matter: whoever tells the client of the whole is asked about its parts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from common.states import MoveNotAllowed
from tickets.actions.lock_ticket import lock_tickets
from tickets.actions.note_event import note_event
from tickets.actions.relate_tickets import SameTicket
from tickets.models import Ticket
from tickets.states import OPEN_OR_DRAFT


class PartAlready(Refusal):
    """A part belongs to one whole."""

    code = "part_already"
    sentence = _("%(number)s is a part of %(whole)s already.")


class HasParts(Refusal):
    """Parts go one level deep."""

    code = "has_parts"
    sentence = _(
        "%(number)s has parts of its own. Take them out first, or link them the other way."
    )


def make_part_of(*, ticket: Ticket, whole: Ticket, version: int, by: User, at: datetime) -> Ticket:
    """Make a ticket a part of another one.

    One level only: a part has no parts, and a whole is no part. So there are no circles, and whoever tells a
    client is asked about one short list and never about the parts of parts. Only open tickets are put
    together, since what has ended is not waited for.

    Raises SameTicket, PartAlready, HasParts, MoveNotAllowed, StaleSave.
    """
    if ticket.pk == whole.pk:
        raise SameTicket
    with transaction.atomic():
        ticket, whole = lock_tickets(ticket, whole)
        ticket.claim_version(version)
        for one in (ticket, whole):
            if one.parent is not None:
                raise PartAlready(number=one.number, whole=one.parent.number)
            if one.state not in OPEN_OR_DRAFT:
                raise MoveNotAllowed(state=one.get_state_display())
        if ticket.children.exists():
            raise HasParts(number=ticket.number)
        ticket.parent = whole
        ticket.save(update_fields=["parent"])
        note_event(ticket=ticket, what="part_of", by=by, at=at, number=whole.number)
        note_event(ticket=whole, what="part_added", by=by, at=at, number=ticket.number)
    return ticket


def take_out(*, ticket: Ticket, version: int, by: User, at: datetime) -> Ticket:
    """A part goes its own way again. Again changes nothing.

    Raises StaleSave.
    """
    with transaction.atomic():
        ticket, *wholes = lock_tickets(ticket, *Ticket.objects.filter(children=ticket.pk))
        ticket.claim_version(version)
        for whole in wholes:
            ticket.parent = None
            ticket.save(update_fields=["parent"])
            note_event(ticket=ticket, what="taken_out", by=by, at=at, number=whole.number)
            note_event(ticket=whole, what="part_taken_out", by=by, at=at, number=ticket.number)
    return ticket
