"""A line of a list, or a card of the board: what it says of a ticket, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from common.clock import clock_of, working_clock
from tickets.choices import CLOCKS, Urgency
from tickets.clock_words import in_hours
from tickets.clocks.ruler import ruler_of
from tickets.models import Ticket
from tickets.states import LinkState, TicketState
from tickets.turn import TONES

PAGE = "tickets:ticket"  # of one ticket

FOR_TIER2 = pgettext_lazy("whose turn", "tier II")
FOR_US = pgettext_lazy("whose turn", "responsible person")
FOR_READER = pgettext_lazy("whose turn", "you")
FOR_CLIENT = pgettext_lazy("whose turn", "client")
TURNS: dict[str, Promise] = {
    TicketState.DRAFT: FOR_US,
    TicketState.RAISED: FOR_TIER2,
    TicketState.IN_PROGRESS: FOR_TIER2,
    TicketState.NEEDS_INFO: FOR_US,
    TicketState.REJECTED: FOR_US,
    TicketState.RESOLVED: FOR_US,
    TicketState.WAITING_CLIENT: FOR_CLIENT,
    TicketState.TOLD: FOR_CLIENT,
}
URGENCY_TONES = {Urgency.HIGH: "pill-warn", Urgency.CRITICAL: "pill-bad"}
TROUBLE = {LinkState.FAILED, LinkState.DELETED, LinkState.FORBIDDEN}
UNNAMED = gettext_lazy("No words yet")


@dataclass(frozen=True, slots=True)
class Due:
    """When the nearest clock runs out: how much business time until then, or since, in words."""

    words: str
    clock: str
    at: str  # as a machine reads it
    moment: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    address: str
    number: str
    summary: str
    topic: str
    state: str
    tone: str
    turn: str
    is_readers_turn: bool
    urgency: str  # where it is not the usual one
    urgency_tone: str
    trouble: str  # what is wrong with its link to Jira
    responsible: str
    group: str
    assignee: str
    due: Due | None
    has_moved: bool


def lines_of(rows: Iterable[Ticket], *, by: User, at: datetime) -> list[Line]:
    """The rows of a page, once `queries.rows_to_show` has read them."""
    own = set(by.acts_for_ids)
    is_solver = by.has_perm("tickets.work_on_ticket")
    return [_line(row, own, at, is_solver=is_solver) for row in rows]


def _line(row: Ticket, own: set[int], at: datetime, *, is_solver: bool) -> Line:
    turn = TURNS.get(row.state)
    is_own = row.responsible_id in own
    is_readers = (turn is FOR_US and is_own) or (
        turn is FOR_TIER2 and is_solver and row.assignee_id in own
    )
    return Line(
        pk=row.pk,
        address=reverse(PAGE, args=[row.pk]),
        number=row.number or _("draft"),
        summary=row.summary or str(UNNAMED),
        topic=str(row.topic or ""),
        state=row.get_state_display(),
        tone=TONES.get(TicketState(row.state), ""),
        turn=str(FOR_READER if is_readers else turn or ""),
        is_readers_turn=is_readers,
        urgency=row.get_urgency_display() if row.urgency != Urgency.NORMAL else "",
        urgency_tone=URGENCY_TONES.get(Urgency(row.urgency), ""),
        trouble=row.get_link_state_display() if row.link_state in TROUBLE else "",
        responsible=str(row.responsible),
        group=str(row.group or "–"),
        assignee=str(row.assignee or ""),
        due=due_of(row, at),
        has_moved=is_own and row.moved_at > row.seen_at,
    )


def due_of(row: Ticket, at: datetime) -> Due | None:
    if row.due_at is None:
        return None
    is_over = row.due_at <= at
    hours = row.group.hours if row.group else ""
    ruler = ruler_of(clock_of(hours) if hours else working_clock())
    span = in_hours(ruler.between(*sorted((row.due_at, at))))
    words = _("late by %(time)s") if is_over else _("%(time)s left")
    local = timezone.localtime(row.due_at)
    return Due(
        words=words % {"time": span},
        clock=str(CLOCKS.get(row.due_clock, "")),
        at=local.isoformat(),
        moment=date_format(local, "SHORT_DATETIME_FORMAT"),
        is_over=is_over,
    )
