"""Cards about tickets to tier II; each asks the same question as the list it leads to."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.lines import PAGE, due_of
from tickets.models import Ticket
from tickets.queries import BY_CODE, rows_of, rows_to_show
from tickets.states import TicketState
from tickets.turn import TONES
from workspace.cards import Card, Figures, Line, Questions, address, first_rows

LIST = "tickets:list"
TITLES = {
    "deliver": _("Answers to deliver"),
    "moved": _("Tickets that moved"),
    "new": _("New tickets in my group"),
    "asks": _("Tickets about which tier II asks"),
    "silent": _("Tickets with a silent tier II"),
    "drafts": _("Tickets not handed over yet"),
    "overdue": _("Overdue tickets"),
    "trouble": _("Tickets in trouble with Jira"),
    "assigned": _("Tickets assigned to me"),
    "watched": _("Watched tickets that moved"),
}
CARD_TONES = {"pill-good": "good", "pill-warn": "warn", "pill-bad": "bad"}


def _rows(user: User, at: datetime, code: str, icon: str, tone: str = "") -> Card:
    """The first rows of a work list, what has waited longest first."""
    wanted = rows_to_show(rows_of(code, user, at)).order_by(*BY_CODE[code].order)
    found, count = first_rows(wanted)
    return Card(
        f"tickets-{code}",
        TITLES[code],
        icon,
        count,
        address(LIST, list=code),
        tone=tone if count else "",
        lines=[_line(ticket, at) for ticket in found],
    )


def _line(ticket: Ticket, at: datetime) -> Line:
    due = due_of(ticket, at)
    more = {}
    if due is not None and due.is_over:
        more = {"pill": due.words, "tone": "bad"}
    else:
        tone = TONES.get(TicketState(ticket.state), "")
        more = {"pill": ticket.get_state_display(), "tone": CARD_TONES.get(tone, "")}
    return Line(
        title=ticket.summary or ticket.number,
        url=address(PAGE, ticket.pk),
        detail=f"{ticket.number} · {ticket.group or '–'}",
        at=ticket.moved_at,
        **more,
    )


def deliver(user: User, at: datetime) -> Card:
    """Tier II has answered, and the client does not know yet."""
    return _rows(user, at, "deliver", "phone-outgoing", "warn")


def moved(user: User, at: datetime) -> Card:
    return _rows(user, at, "moved", "ticket")


def new_of_group(user: User, at: datetime) -> Card:
    """For tier II: what nobody of the group has taken."""
    return _rows(user, at, "new", "ticket", "warn")


def _own(user: User, at: datetime) -> Questions:
    codes = ("asks", "silent", "drafts")
    return {f"tickets-{code}": rows_of(code, user, at) for code in codes}


def _own_cards(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """What tier II asked and what it is silent about; drafts only if there are any."""
    asks, silent, drafts = (numbers[f"tickets-{code}"] for code in ("asks", "silent", "drafts"))
    cards = [
        _figure("asks", "message", asks, "warn" if asks else ""),
        _figure("silent", "hourglass", silent, "bad" if silent else ""),
    ]
    return [*cards, _figure("drafts", "pencil", drafts)] if drafts else cards


own = Figures(_own, _own_cards)


def _led(user: User, at: datetime) -> Questions:
    return {f"tickets-{code}": rows_of(code, user, at) for code in ("overdue", "trouble")}


def _led_cards(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """Everybody's tickets whose time is over; and those that Jira did not take, if any."""
    late, trouble = numbers["tickets-overdue"], numbers["tickets-trouble"]
    cards = [_figure("overdue", "alarm", late, "bad" if late else "")]
    if trouble:
        cards.append(_figure("trouble", "plug-connected", trouble, "bad"))
    return cards


led = Figures(_led, _led_cards)


def _at_work(user: User, at: datetime) -> Questions:
    return {"tickets-assigned": rows_of("assigned", user, at)}


def _at_work_card(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    return _figure("assigned", "user-check", numbers["tickets-assigned"])


assigned = Figures(_at_work, _at_work_card)


def _watched(user: User, at: datetime) -> Questions:
    return {"tickets-watched": rows_of("watched", user, at)}


def _watched_card(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """Tickets of others that one asked to hear of; without news no card."""
    count = numbers["tickets-watched"]
    return [_figure("watched", "eye", count)] if count else []


watched = Figures(_watched, _watched_card)


def _figure(code: str, icon: str, count: int, tone: str = "") -> Card:
    where = address(LIST, list=code)
    return Card(f"tickets-{code}", TITLES[code], icon, count, where, tone=tone)
