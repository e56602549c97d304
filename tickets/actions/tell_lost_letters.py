"""A letter about a ticket came back, or no mail server took it: whoever it was for has read nothing."""

from datetime import datetime, timedelta

from django.db import transaction

from common.mail_states import MailState
from tickets.actions.inquiry_of_ticket import pass_inquiries_of_family
from tickets.actions.lock_ticket import lock_tickets
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event, tell_news
from tickets.choices import DeliveryChannel
from tickets.models import Ticket, TicketComment, TicketEvent
from tickets.states import MOVES

LOOKED_BACK = timedelta(days=60)  # a letter that comes back does so within days
WHAT = "letter_lost"


def tell_lost_letters(*, at: datetime) -> int:
    """Letters about tickets that did not arrive, each told once; the outbox knows no tickets.

    1. It stands in the story, and the responsible person has something new to see.
    2. A client whom nobody told in another way since does not know the solution: the ticket, and parts that
       were told by the same letter, stand among the answers to deliver again, and their inquiries wait.
    """
    lost = TicketComment.objects.filter(
        mail__state__in=[MailState.FAILED, MailState.RETURNED], at__gt=at - LOOKED_BACK
    )
    return sum(_tell(one, at) for one in lost.order_by("pk") if not _is_told(one))


def _is_told(letter: TicketComment) -> bool:
    return TicketEvent.objects.filter(
        ticket=letter.ticket_id, what=WHAT, parameters__comment=letter.pk
    ).exists()


def _tell(comment: TicketComment, at: datetime) -> bool:
    with transaction.atomic():
        same_letter = Ticket.objects.filter(parent=comment.ticket_id).only("pk")
        ticket, *parts = lock_tickets(Ticket(pk=comment.ticket_id), *same_letter)
        if _is_told(comment):
            return False
        note_event(ticket=ticket, what=WHAT, by=None, at=at, comment=comment.pk)
        tell_news(ticket.survivor, at=at)
        for one in (ticket, *parts):
            if _was_told_by(one, comment) and MOVES.allows("lose_letter", one.state):
                _take_back(one, at)
    return True


def _was_told_by(ticket: Ticket, letter: TicketComment) -> bool:
    """Whether its client knows by this letter alone; a part that got a letter of its own does not."""
    last = ticket.deliveries.last()
    if last is None or last.channel != DeliveryChannel.EMAIL:
        return False
    if (last.at, last.text) != (letter.at, letter.text):
        return False
    own = ticket.comments.filter(at=letter.at, text=letter.text).exclude(mail=None)
    return letter.ticket_id == ticket.pk or not own.exists()


def _take_back(ticket: Ticket, at: datetime) -> None:
    ticket.told_at = None
    move_ticket(ticket, "lose_letter", by=None, at=at, is_movement=True, also=("told_at",))
    ticket.claim_version(ticket.version)
    pass_inquiries_of_family(ticket, by=None, at=at)
