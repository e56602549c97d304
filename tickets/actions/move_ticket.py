"""How a ticket changes its state: one door, so that lists, clocks and stories agree."""

from datetime import datetime

from accounts.models import User
from tickets.actions.note_event import note_event
from tickets.actions.reckon_due import reckon_due
from tickets.clocks_of import Terms
from tickets.models import Ticket
from tickets.states import ENDED, MOVES, TicketState

FIELDS = (
    "state",
    "state_since",
    "moved_at",
    "word_at",
    "closed_at",
    "due_at",
    "due_clock",
    "look_at",
)


def move_ticket(
    ticket: Ticket,
    move: str,
    *,
    by: User | None,
    at: datetime,
    is_movement: bool = False,
    is_word: bool = False,
    reason: str = "",
    also: tuple[str, ...] = (),
    terms: Terms | None = None,
    **parameters: str | int,
) -> Ticket:
    """Make a move of a locked ticket, in the caller's transaction, and write its line of the story.

    `is_movement`: the responsible person has something new to see. `is_word`: tier II gave word, so its
    silence ends. `also` names fields that the caller has set and that are saved along. `terms` are those of
    the clocks, where many tickets are moved at once.

    Raises MoveNotAllowed.
    """
    ticket.state = MOVES.target(move, TicketState(ticket.state))
    ticket.state_since = at
    if is_movement:
        ticket.moved_at = at
    if is_word:
        ticket.word_at = at
    ticket.closed_at = at if ticket.state in ENDED else None
    note_event(ticket=ticket, what=move, by=by, at=at, reason=reason, **parameters)
    reckon_due(ticket, at=at, terms=terms)
    ticket.save(update_fields=[*FIELDS, *also])
    return ticket
