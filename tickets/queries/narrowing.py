"""A list narrowed by filters: the page, its file, bulk steps and the columns of the board ask here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Scope
from knowledge.models import Topic
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet, group_ids_of
from tickets.queries.search import holding_words
from tickets.queries.work_lists import rows_of
from tickets.states import ASKED_BACK, ENDED, OPEN

STATES_OF: dict[str, Collection[str]] = {"open": OPEN, "asked_back": ASKED_BACK, "ended": ENDED}
ROW_FIELDS = (
    "number", "summary", "state", "state_since", "urgency", "link_state", "moved_at", "seen_at",
    "started_at", "raised_at", "due_at", "due_clock",
    "topic__name_et", "topic__name_en", "topic__name_ru",
    "group__name_et", "group__name_en", "group__name_ru", "group__hours",
    "responsible__first_name", "responsible__last_name", "responsible__username",
    "assignee__first_name", "assignee__last_name", "assignee__username",
)  # fmt: skip


@dataclass(frozen=True)
class TicketFilters:
    """What a list of tickets is narrowed to; each empty value lets everything through."""

    of_list: str = "all"
    state: str = ""  # a state, or a name of several: open, asked_back, ended
    group: int | None = None
    responsible: int | None = None
    assignee: int | None = None
    topic: int | None = None
    urgency: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


def narrowed(
    filters: TicketFilters, *, by: User, at: datetime, is_counted: bool = False
) -> TicketQuerySet:
    """The rows to be read in the order of the list, or, `is_counted`, the same only to be counted."""
    rows = rows_of(filters.of_list, by, at).filter(_matter(filters, by), _period(filters))
    return holding_words(rows, filters.text, by=by, is_counted=is_counted) if filters.text else rows


def _matter(filters: TicketFilters, by: User) -> Q:
    found = _of_other_groups(filters, by)
    for name in ("group", "responsible", "assignee", "urgency"):
        if getattr(filters, name):
            found &= Q(**{name: getattr(filters, name)})
    if filters.state:
        found &= Q(state__in=sorted(STATES_OF.get(filters.state, [filters.state])))
    return found


def _of_other_groups(filters: TicketFilters, by: User) -> Q:
    """The topic; and what follows for tier II, which sees its own groups' tickets and those it works on.

    Of another group, or of a topic that none of one's groups ever had, only the latter can be there; of somebody
    who never worked in them nothing can. The planner does not know that topics and people go by groups, and
    would read every ticket to find nothing. Topics are given as plain keys, since of a question within a
    question no index is chosen.
    """
    topics = _topics(filters.topic)
    found = Q(topic__in=topics) if topics else Q()
    if by.scope_of("tickets.view_ticket") != Scope.UNIT:
        return found
    own = group_ids_of(by)
    of_own = Ticket.objects.filter(group__in=own)  # each pair is one look into an index
    if (filters.group and filters.group not in own) or (topics and not _any_has(of_own, topics)):
        found &= Q(assignee=by)
    if (
        filters.assignee not in {None, by.pk}
        and not of_own.filter(assignee=filters.assignee).exists()
    ):
        found &= Q(pk__in=[])
    return found


def _topics(topic: int | None) -> list[int]:
    """A topic of either level, with those below it."""
    if not topic:
        return []
    of_it = Topic.objects.filter(Q(pk=topic) | Q(parent=topic))
    return list(of_it.values_list("pk", flat=True)) or [topic]


def _any_has(tickets: QuerySet[Ticket], topics: list[int]) -> bool:
    about = Exists(tickets.filter(topic=OuterRef("pk")))
    return Topic.objects.filter(about, pk__in=topics).exists()


def _period(filters: TicketFilters) -> Q:
    found = Q()
    if filters.since:
        found &= Q(started_at__gte=_midnight(filters.since))
    if filters.until:
        found &= Q(started_at__lt=_midnight(filters.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def rows_to_show(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """With all that a row or a card shows, and no long text."""
    return rows.select_related("topic", "group", "responsible", "assignee").only(*ROW_FIELDS)
