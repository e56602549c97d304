"""The inquiry that a ticket came from follows it, in the caller's transaction."""

from datetime import datetime

from accounts.models import User
from common.states import MoveNotAllowed
from inquiries.actions import reopen_inquiry, settle_inquiry
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Inquiry
from inquiries.states import MOVES, InquiryState, Outcome
from tickets.models import Ticket
from tickets.states import TicketState


def pass_inquiry_to_tier2(ticket: Ticket, *, by: User | None, at: datetime) -> Inquiry | None:
    """The ticket is with tier II, so the inquiry waits for it; what has been moved on meanwhile stays.

    An inquiry that lacks what every one passed on has to hold stays as it is: then None.
    """
    inquiry = ticket.inquiry
    if inquiry is None or inquiry.state == InquiryState.WITH_TIER2:
        return None
    try:
        if MOVES.allows("reopen", inquiry.state):
            inquiry = reopen_inquiry(inquiry=inquiry, by=by, at=at)
        return settle_inquiry(inquiry=inquiry, typed={"outcome": Outcome.TICKET}, by=by, at=at)
    except (MoveNotAllowed, InquiryNotComplete):
        return None


def solve_inquiry_of_ticket(
    ticket: Ticket, *, answer: str, by: User, at: datetime
) -> Inquiry | None:
    """The client knows the solution, so the inquiry that waited for it, and for no other ticket, is solved."""
    inquiry = ticket.inquiry
    if inquiry is None or inquiry.state != InquiryState.WITH_TIER2:
        return None
    if _is_waited_for_beside(ticket):
        return None
    group = ticket.group.name_et if ticket.group else ""
    typed = {
        "outcome": Outcome.SOLVED,
        "answer": "\n\n".join(filter(None, (inquiry.answer, answer))),
        "source_text": inquiry.source_text or f"{group}, {ticket.number}",
    }
    try:
        return settle_inquiry(inquiry=inquiry, typed=typed, by=by, at=at)
    except (MoveNotAllowed, InquiryNotComplete):
        return None


def inquiry_left_waiting(ticket: Ticket) -> Inquiry | None:
    """The inquiry that waits for a ticket which has ended, and for no other: somebody has to decide on it."""
    inquiry = ticket.inquiry
    if inquiry is None or inquiry.state != InquiryState.WITH_TIER2:
        return None
    return None if ticket.is_open or _is_waited_for_beside(ticket) else inquiry


def _is_waited_for_beside(ticket: Ticket) -> bool:
    others = ticket.inquiry.tickets.open().exclude(pk=ticket.pk) if ticket.inquiry else None
    return others is not None and others.exclude(state=TicketState.TOLD).exists()
