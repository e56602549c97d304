"""The team board: open tickets by state, each column with its first cards and the list behind it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.models import User
from tickets.models import Ticket
from tickets.queries.narrowing import STATES_OF, TicketFilters, narrowed, rows_to_show
from tickets.queries.work_lists import COUNTED_UP_TO, counted
from tickets.states import TicketState

CARDS_OF_A_COLUMN = 8
OLDEST = ("raised_at", "pk")
COLUMNS: dict[str, Promise] = {
    TicketState.RAISED.value: pgettext_lazy("board", "With tier II"),
    TicketState.IN_PROGRESS.value: pgettext_lazy("board", "In progress"),
    "asked_back": pgettext_lazy("board", "Tier II asks or sends back"),
    TicketState.WAITING_CLIENT.value: pgettext_lazy("board", "Waiting for the client"),
    TicketState.RESOLVED.value: pgettext_lazy("board", "To be told"),
    TicketState.TOLD.value: pgettext_lazy("board", "Told"),
}
COLUMN_OF = {state: code for code in COLUMNS for state in STATES_OF.get(code, (code,))}


@dataclass(frozen=True)
class Column:
    """A column: `filters` are those of the list behind it, whose number it shows."""

    title: Promise
    filters: TicketFilters
    count: int
    is_more: bool
    cards: list[Ticket]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.cards)


def board(filters: TicketFilters, *, by: User, at: datetime) -> list[Column]:
    """Every column of what the filters let through: its number and its oldest tickets, in two queries."""
    of_column = {code: replace(filters, state=code) for code in COLUMNS}
    rows = {code: narrowed(one, by=by, at=at) for code, one in of_column.items()}
    counts, cards = counted(rows), _first_cards(list(rows.values()))
    return [
        Column(
            title,
            of_column[code],
            min(counts[code], COUNTED_UP_TO),
            counts[code] > COUNTED_UP_TO,
            cards[code],
        )
        for code, title in COLUMNS.items()
    ]


def _first_cards(columns: list[QuerySet[Ticket]]) -> dict[str, list[Ticket]]:
    first = [
        rows_to_show(
            Ticket.objects.filter(
                pk__in=rows.order_by(*OLDEST).values("pk")[:CARDS_OF_A_COLUMN]
            ).order_by()
        )
        for rows in columns
    ]
    found: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in sorted(first[0].union(*first[1:], all=True), key=_age):
        found[COLUMN_OF[ticket.state]].append(ticket)
    return found


def _age(ticket: Ticket) -> tuple[datetime, int]:
    return ticket.raised_at or ticket.started_at, ticket.pk
