"""A list narrowed by filters: the page, its file, bulk steps and the columns of the board ask here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from knowledge.models import Topic
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet
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


def narrowed(filters: TicketFilters, *, by: User, at: datetime) -> TicketQuerySet:
    rows = rows_of(filters.of_list, by, at).filter(_matter(filters), _period(filters))
    return holding_words(rows, filters.text, by=by) if filters.text else rows


def _matter(filters: TicketFilters) -> Q:
    found = Q()
    for name in ("group", "responsible", "assignee", "urgency"):
        if getattr(filters, name):
            found &= Q(**{name: getattr(filters, name)})
    if filters.topic:  # of either level
        of_it = Q(pk=filters.topic) | Q(parent=filters.topic)
        found &= Q(topic__in=Topic.objects.filter(of_it).values("pk"))
    if filters.state:
        found &= Q(state__in=sorted(STATES_OF.get(filters.state, [filters.state])))
    return found


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
