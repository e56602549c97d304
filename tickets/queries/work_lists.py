"""The work lists as tabs: each is asked for here by its code, so that badge, card, board and rows agree."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.queries.lists import (
    answers_to_deliver,
    moved_of,
    of_group,
    silent,
    tickets_by_link_trouble,
    watched_news,
)
from tickets.states import ASKED_BACK, TicketState

COUNTED_UP_TO = 1_000
Rows = Callable[[User, datetime], QuerySet[Ticket]]
Order = tuple[str, ...]
# What has waited longest stands first.
LONGEST_WITHOUT_A_MOVE: Order = ("moved_at", "pk")
LONGEST_WITH_TIER2: Order = ("raised_at", "pk")
NEWEST: Order = ("-started_at", "-pk")


@dataclass(frozen=True)
class WorkList:
    """One tab: which tickets, in which order, and whose work it is."""

    code: str
    label: Promise
    permission: str
    rows: Rows
    order: Order = LONGEST_WITHOUT_A_MOVE
    is_counted: bool = True


def _mine(user: User) -> QuerySet[Ticket]:
    return Ticket.objects.open().of_responsible(user.acts_for_ids)


def _asks(user: User, at: datetime) -> QuerySet[Ticket]:
    return _mine(user).filter(state__in=sorted(ASKED_BACK))


def _drafts(user: User, at: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.of_responsible(user.acts_for_ids).filter(state=TicketState.DRAFT)


def _new_of_group(user: User, at: datetime) -> QuerySet[Ticket]:
    return of_group(user).filter(state=TicketState.RAISED, assignee=None)


def _assigned(user: User, at: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.open().filter(assignee__in=user.acts_for_ids)


def _overdue(user: User, at: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.open().overdue(at)


RAISE, WORK, LEAD, SEE = (
    "tickets.raise_ticket",
    "tickets.work_on_ticket",
    "tickets.hand_over_ticket",
    "tickets.view_ticket",
)
# In the order in which they stand on the page.
WORK_LISTS: tuple[WorkList, ...] = (
    WorkList("moved", _("Mine that moved"), RAISE, lambda user, at: moved_of(user)),
    WorkList("deliver", _("Answers to deliver"), RAISE, lambda user, at: answers_to_deliver(user)),
    WorkList("asks", _("Tier II asks"), RAISE, _asks),
    WorkList(
        "silent",
        _("Silent"),
        RAISE,
        lambda user, at: silent(at).filter(responsible__in=user.acts_for_ids),
    ),
    WorkList("mine", _("Mine open"), RAISE, lambda user, at: _mine(user)),
    WorkList("drafts", _("My drafts"), RAISE, _drafts, ("started_at", "pk")),
    WorkList("new", _("New in my group"), WORK, _new_of_group, LONGEST_WITH_TIER2),
    WorkList("assigned", _("Assigned to me"), WORK, _assigned, LONGEST_WITH_TIER2),
    WorkList("group", _("All of my group"), WORK, lambda user, at: of_group(user), LONGEST_WITH_TIER2),
    WorkList("watched", _("Watched that moved"), SEE, lambda user, at: watched_news(user)),
    WorkList("overdue", _("Overdue"), LEAD, _overdue, ("due_at", "pk")),
    WorkList("trouble", _("Trouble with Jira"), LEAD, lambda user, at: tickets_by_link_trouble()),
    WorkList(
        "all",
        _("All"),
        SEE,
        lambda user, at: Ticket.objects.filter(raised_at__isnull=False),
        NEWEST,
        is_counted=False,
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in WORK_LISTS}


def work_lists_of(user: User) -> list[WorkList]:
    """The tabs of this person; there is always one, since whoever comes here may see tickets."""
    return [one for one in WORK_LISTS if user.has_perm(one.permission)]


def work_list(code: str, user: User) -> WorkList:
    """The list of this code, if it is one of the person's, else the first that is."""
    offered = work_lists_of(user)
    return next((one for one in offered if one.code == code), offered[0])


def rows_of(code: str, user: User, at: datetime) -> TicketQuerySet:
    """The tickets of a work list that this person may see."""
    return Ticket.objects.visible_to(user) & BY_CODE[code].rows(user, at)


def count_lists(
    user: User, at: datetime, offered: Iterable[WorkList] | None = None
) -> dict[str, int]:
    """How many tickets stand on each of the person's lists, all in one query."""
    lists = work_lists_of(user) if offered is None else offered
    return counted({one.code: rows_of(one.code, user, at) for one in lists if one.is_counted})


def counted(questions: Mapping[str, QuerySet[Ticket]]) -> dict[str, int]:
    """How many rows each question has, counted as far as a person reads a count, in one query."""
    counts = [
        Ticket.objects.filter(pk__in=rows.order_by().values("pk")[: COUNTED_UP_TO + 1])
        .order_by()
        .values(of_question=Value(name))
        .annotate(in_all=Count("pk"))
        for name, rows in questions.items()
    ]
    if not counts:
        return {}
    found = counts[0].union(*counts[1:], all=True).values_list("of_question", "in_all")
    return dict.fromkeys(questions, 0) | dict(found)
