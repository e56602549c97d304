"""The inquiry that a ticket came from follows it, in the caller's transaction."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from common.states import MoveNotAllowed
from inquiries.actions import reopen_inquiry, settle_inquiry
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Inquiry
from inquiries.states import MOVES, InquiryState, Outcome
from tickets.models import Ticket
from tickets.states import OPEN, TicketState


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


def pass_inquiries_of_family(ticket: Ticket, *, by: User | None, at: datetime) -> None:
    """The same for the tickets that were merged into this one."""
    for one in _family(ticket):
        pass_inquiry_to_tier2(one, by=by, at=at)


def solve_inquiries_of_family(ticket: Ticket, *, answer: str, by: User, at: datetime) -> None:
    """The client knows the solution, so the inquiries of the ticket and of those merged into it are solved."""
    for one in _family(ticket):
        solve_inquiry_of_ticket(one, answer=answer, by=by, at=at)


def _family(ticket: Ticket) -> list[Ticket]:
    """The ticket and those merged into it, one for each inquiry."""
    merged = ticket.merged.select_related("inquiry", "group").order_by("pk")
    return list({one.inquiry_id: one for one in [*merged, ticket]}.values())


def solve_inquiry_of_ticket(
    ticket: Ticket, *, answer: str, by: User, at: datetime
) -> Inquiry | None:
    """The client knows the solution, so the inquiry that waited for it, and for no other ticket, is solved."""
    inquiry = ticket.inquiry
    if inquiry is None or inquiry.state != InquiryState.WITH_TIER2:
        return None
    if _waits_for_others(inquiry, ticket):
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


def _waits_for_others(inquiry: Inquiry, ticket: Ticket) -> bool:
    """Another ticket of it is open and not told, here or where it goes on."""
    family = Q(pk=ticket.survivor.pk) | Q(merged_into=ticket.survivor.pk)
    is_open = Q(state__in=OPEN) | Q(merged_into__state__in=OPEN)
    is_told = Q(state=TicketState.TOLD) | Q(merged_into__state=TicketState.TOLD)
    return inquiry.tickets.filter(is_open).exclude(family).exclude(is_told).exists()


def inquiries_left_waiting(ticket: Ticket) -> list[Inquiry]:
    """Inquiries that wait for a ticket which has ended, or for one merged into it, and for no other.

    Somebody has to decide on them.
    """
    if ticket.is_open:
        return []
    return [
        one.inquiry
        for one in _family(ticket)
        if one.inquiry is not None
        and one.inquiry.state == InquiryState.WITH_TIER2
        and not _waits_for_others(one.inquiry, one)
    ]
