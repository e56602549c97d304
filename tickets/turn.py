"""Whose turn it is with a ticket, and what this reader may do with it next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from tickets.models import Ticket
from tickets.states import FOR_RESPONSIBLE, MOVES, OPEN, UNSOLVED, WITH_TIER2, TicketState

TONES = {
    TicketState.RESOLVED: "pill-good",
    TicketState.NEEDS_INFO: "pill-warn",
    TicketState.REJECTED: "pill-warn",
    TicketState.RAISED: "pill-acc",
    TicketState.IN_PROGRESS: "pill-acc",
    TicketState.WAITING_CLIENT: "pill-acc",
    TicketState.TOLD: "pill-good",
}


@dataclass(frozen=True)
class Offer:
    """A step on the page: a button that does it at once, or a link to the page that asks more."""

    name: str  # the name of its address
    label: Promise | str
    icon: str
    keys: str = ""  # the letter that goes with Alt
    is_at_once: bool = False
    is_primary: bool = False

    @property
    def chord(self) -> str:
        return f"Alt+Key{self.keys}" if self.keys else ""


ANSWER = Offer("answer", gettext_lazy("Answer tier II"), "message", "V")
DELIVER = Offer("deliver", gettext_lazy("Tell the client"), "phone-outgoing", "V")
HEARD = Offer("heard", gettext_lazy("The client has answered"), "messages", "L")
CLOSE = Offer("close", gettext_lazy("Close"), "check", "V", is_at_once=True)
AGAIN = Offer("change", gettext_lazy("Put right and hand over again"), "edit", "V")
ASK_CLIENT = Offer("ask_client", gettext_lazy("Ask the client"), "message-circle")
CHANGE = Offer("change", gettext_lazy("Change"), "edit")
REGROUP = Offer("regroup", gettext_lazy("To another group"), "switch-horizontal")
ASK_BY_LINK = Offer("ask_by_link", gettext_lazy("Ask by link"), "link")
REOPEN = Offer("reopen", gettext_lazy("Reopen"), "arrow-back-up")
HAND_OVER = Offer("hand_over", gettext_lazy("Hand over"), "user-plus")
CANCEL = Offer("cancel", gettext_lazy("Cancel the ticket"), "ban")

TAKE = Offer("take", gettext_lazy("Take"), "user-check", "T", is_at_once=True)
SOLVE = Offer("solve", gettext_lazy("Solve"), "circle-check", "S")
WORD = Offer("word", gettext_lazy("Say how far it is"), "message")
ASK = Offer("ask", gettext_lazy("Ask tier I"), "question-mark")
ASSIGN = Offer("assign", pgettext_lazy("ticket", "Assign"), "user-plus")
SEND_BACK = Offer("send_back", gettext_lazy("Send back"), "arrow-back-up")


def whose_turn(ticket: Ticket) -> str:
    """Say in words who has to do something next."""
    if ticket.state in WITH_TIER2:
        who = ticket.assignee or ticket.group
        return _("Tier II: %(who)s") % {"who": who}
    if ticket.state in FOR_RESPONSIBLE or ticket.is_draft:
        return _("Responsible: %(who)s") % {"who": ticket.responsible}
    if ticket.state == TicketState.WAITING_CLIENT:
        return _("The client has to answer")
    if ticket.state == TicketState.TOLD:
        return _("The client tries it; nobody has to do anything")
    if ticket.merged_into is not None:
        return _("It goes on in %(number)s") % {"number": ticket.merged_into.number}
    return _("Nobody has to do anything")


def steps_of_responsible(ticket: Ticket) -> list[Offer]:
    """What whoever answers for the ticket may do with it, what is next first."""
    state = TicketState(ticket.state)
    if ticket.is_draft:
        return [CHANGE]
    offered = [next_of_responsible(state)] if next_of_responsible(state) else []
    if state in {TicketState.TOLD, TicketState.CLOSED}:
        offered.append(HEARD)
    if MOVES.allows("wait_for_client", state):
        offered.append(ASK_CLIENT)
    if state in UNSOLVED:
        offered.append(ASK_BY_LINK)
    if state in OPEN and state != TicketState.REJECTED:
        offered.append(CHANGE)
    for step, move in ((REGROUP, "regroup"), (REOPEN, "reopen")):
        offered += [step] if MOVES.allows(move, state) else []
    offered += [HAND_OVER] if state in OPEN else []
    offered += [CANCEL] if MOVES.allows("cancel", state) else []
    return [one for one in offered if one is not None]


def next_of_responsible(state: TicketState) -> Offer | None:
    return {
        TicketState.NEEDS_INFO: ANSWER,
        TicketState.RESOLVED: DELIVER,
        TicketState.REJECTED: AGAIN,
        TicketState.WAITING_CLIENT: HEARD,
        TicketState.TOLD: CLOSE,
    }.get(state)


def steps_of_tier2(ticket: Ticket, user: User) -> list[Offer]:
    """What whoever acts for tier II may do with the ticket, what is next first."""
    if ticket.state not in UNSOLVED:
        return []
    is_own = ticket.assignee_id == user.pk
    offered = [SOLVE, WORD] if is_own else [TAKE, SOLVE, WORD]
    offered += [ASK] if MOVES.allows("ask", ticket.state) else []
    return [*offered, ASSIGN, SEND_BACK]


def primary_of(ticket: Ticket, ours: list[Offer], theirs: list[Offer]) -> Offer | None:
    """The one step that is next for this reader: whoever is both is led by whose turn it is."""
    state = TicketState(ticket.state)
    own = next_of_responsible(state)
    if own is not None and own in ours:
        return own
    is_theirs = state in WITH_TIER2 or not ours
    return theirs[0] if theirs and is_theirs else None
