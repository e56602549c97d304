"""Cards about tickets to tier II; each asks the same question as the list it leads to."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.lines import PAGE, due_of
from tickets.models import Ticket
from tickets.queries import BY_CODE, rows_of, rows_to_show
from tickets.states import TicketState
from tickets.turn import TONES
from workspace.cards import ROWS_OF_A_CARD, Card, Figures, Line, Questions, address

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


def _first_rows(user: User, at: datetime, codes: Collection[str]) -> dict[str, list[Ticket]]:
    """The first rows of several work lists, what has waited longest first, in one query."""
    parts = [
        rows_to_show(
            Ticket.objects.filter(
                pk__in=rows_of(code, user, at)
                .order_by(*BY_CODE[code].order)
                .values("pk")[:ROWS_OF_A_CARD]
            )
        )
        .order_by()
        .annotate(of_list=Value(code))
        for code in codes
    ]
    found: dict[str, list[Ticket]] = {code: [] for code in codes}
    for ticket in parts[0].union(*parts[1:], all=True) if parts else ():
        found[ticket.of_list].append(ticket)
    for code, rows in found.items():
        rows.sort(key=attrgetter(*BY_CODE[code].order))
    return found


def _lists(
    user: User, at: datetime, numbers: Mapping[str, int], looks: Mapping[str, tuple[str, str]]
) -> list[Card]:
    """Cards with rows; `looks` by code: icon, and tone while anything stands there."""
    counts = {code: numbers[f"tickets-{code}"] for code in looks}
    rows = _first_rows(user, at, [code for code, count in counts.items() if count])
    return [
        replace(
            _figure(code, icon, counts[code], tone if counts[code] else ""),
            lines=[_line(ticket, at) for ticket in rows.get(code, ())],
        )
        for code, (icon, tone) in looks.items()
    ]


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


def _questions(user: User, at: datetime, codes: Collection[str]) -> Questions:
    return {f"tickets-{code}": rows_of(code, user, at) for code in codes}


def _own(user: User, at: datetime) -> Questions:
    return _questions(user, at, ("deliver", "moved", "asks", "silent", "drafts"))


def _own_cards(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """What the client is to be told, what moved, what tier II asked and is silent about; drafts only if any."""
    asks, silent, drafts = (numbers[f"tickets-{code}"] for code in ("asks", "silent", "drafts"))
    cards = [
        *_lists(
            user, at, numbers, {"deliver": ("phone-outgoing", "warn"), "moved": ("ticket", "")}
        ),
        _figure("asks", "message", asks, "warn" if asks else ""),
        _figure("silent", "hourglass", silent, "bad" if silent else ""),
    ]
    return [*cards, _figure("drafts", "pencil", drafts)] if drafts else cards


own = Figures(_own, _own_cards)


def _led(user: User, at: datetime) -> Questions:
    return _questions(user, at, ("overdue", "trouble"))


def _led_cards(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """Everybody's tickets whose time is over; and those that Jira did not take, if any."""
    late, trouble = numbers["tickets-overdue"], numbers["tickets-trouble"]
    cards = [_figure("overdue", "alarm", late, "bad" if late else "")]
    if trouble:
        cards.append(_figure("trouble", "plug-connected", trouble, "bad"))
    return cards


led = Figures(_led, _led_cards)


def _at_work(user: User, at: datetime) -> Questions:
    return _questions(user, at, ("new", "assigned"))


def _at_work_cards(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """For tier II: what nobody of the group has taken, and what one works on."""
    new = _lists(user, at, numbers, {"new": ("ticket", "warn")})
    return [*new, _figure("assigned", "user-check", numbers["tickets-assigned"])]


at_work = Figures(_at_work, _at_work_cards)


def _watched(user: User, at: datetime) -> Questions:
    return _questions(user, at, ("watched",))


def _watched_card(user: User, at: datetime, numbers: Mapping[str, int]) -> list[Card]:
    """Tickets of others that one asked to hear of; without news no card."""
    count = numbers["tickets-watched"]
    return [_figure("watched", "eye", count)] if count else []


watched = Figures(_watched, _watched_card)


def _figure(code: str, icon: str, count: int, tone: str = "") -> Card:
    where = address(LIST, list=code)
    return Card(f"tickets-{code}", TITLES[code], icon, count, where, tone=tone)
