"""The line now and today: who waits, who talks, and how the day went by half-hours."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from inquiries.models import Direction, PhoneCall

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class LineNow:
    """Calls under way at a moment; each list is its own count."""

    waiting: list[PhoneCall]  # the longest first
    talking: list[PhoneCall]

    @property
    def longest_wait_since(self) -> datetime | None:
        return self.waiting[0].rang_at if self.waiting else None


@dataclass(frozen=True)
class HalfHour:
    """Incoming calls that began in half an hour: offered is answered, missed and still ringing."""

    begins_at: datetime
    offered: int
    answered: int
    missed: int
    turned_away: int


def line_now(*, by: User, at: datetime) -> LineNow:
    calls = PhoneCall.objects.visible_to(by).select_related("agent").order_by("rang_at", "pk")
    return LineNow(waiting=list(calls.waiting(at)), talking=list(calls.talking(at)))


def calls_of_day(day: date, *, by: User) -> QuerySet[PhoneCall]:
    begins = timezone.make_aware(datetime.combine(day, time()))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return PhoneCall.objects.visible_to(by).filter(rang_at__gte=begins, rang_at__lt=ends)


def calls_of_half_hour(begins_at: datetime, *, by: User) -> QuerySet[PhoneCall]:
    """The rows behind a half-hour's figures."""
    begins = begins_at.astimezone(UTC)  # on the local clock the autumn hour comes twice
    return PhoneCall.objects.visible_to(by).filter(
        direction=Direction.IN, rang_at__gte=begins, rang_at__lt=begins + HALF_HOUR
    )


def half_hours(day: date, *, by: User) -> list[HalfHour]:
    """The half-hours of a day from its first call to its last, in one query."""
    calls = calls_of_day(day, by=by).filter(direction=Direction.IN)
    moments = list(calls.values_list("rang_at", "answered_at", "is_missed", "was_turned_away"))
    return [
        HalfHour(
            begins_at=begins,
            offered=sum(not turned for _a, _m, turned in of_half),
            answered=sum(answered is not None for answered, _m, _t in of_half),
            missed=sum(missed for _a, missed, _t in of_half),
            turned_away=sum(turned for _a, _m, turned in of_half),
        )
        for begins, of_half in _by_half_hour(moments)
    ]


def _by_half_hour(moments: list[tuple]) -> Iterator[tuple[datetime, list[tuple]]]:
    found: dict[datetime, list[tuple]] = {}
    for rang_at, *rest in moments:
        found.setdefault(half_hour_of(rang_at), []).append(tuple(rest))
    for begins in half_hours_between(found):
        yield timezone.localtime(begins), found.get(begins, [])


def half_hour_of(moment: datetime) -> datetime:
    """When the half-hour of a moment began, as an instant in UTC: no two of a day are the same."""
    instant = moment.astimezone(UTC)
    return instant.replace(minute=instant.minute // 30 * 30, second=0, microsecond=0)


def half_hours_between(found: Collection[datetime]) -> Iterator[datetime]:
    """Every half-hour from the first of those found to the last."""
    if not found:
        return
    begins, last = min(found), max(found)
    while begins <= last:
        yield begins
        begins += HALF_HOUR


def totals_of_day(day: date, *, by: User) -> dict[str, int]:
    """The day's incoming calls in one query: offered, answered, missed, turned away."""
    calls = calls_of_day(day, by=by).filter(direction=Direction.IN)
    return calls.aggregate(
        offered=Count("pk", filter=Q(was_turned_away=False)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        missed=Count("pk", filter=Q(is_missed=True)),
        turned_away=Count("pk", filter=Q(was_turned_away=True)),
    )
