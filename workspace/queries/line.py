"""Today's line: how many wait, talk and are ready, how the day goes against the usual, where it jams.

What no telephone exchange tells of is None and not shown.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import LineState, User
from accounts.queries import on_the_line
from common.clock import working_clock
from inquiries.models import Direction, Inquiry, InquiryDraft, PhoneCall, PhoneLine
from inquiries.queries.phone_line import half_hour_of, half_hours_between
from inquiries.states import InquiryState
from knowledge.models import Topic

USUAL_WEEKS = 8  # the same weekday of so many weeks before
FEWEST_USUAL_DAYS = 3  # fewer days tell nothing of what is usual
JAM_AT_LEAST = 5  # inquiries of a topic before it is called a jam
JAM_TIMES_USUAL = 1.5
MOST_JAMS = 5
HALF_HOUR = timedelta(minutes=30)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PhoneNow:
    waiting: int
    longest_wait_seconds: int
    talking: int


@dataclass(frozen=True)
class HalfHour:
    """Incoming calls that began in half an hour, and how many usually do."""

    begins_at: datetime
    offered: int
    missed: int
    usual: float | None

    @property
    def usual_width(self) -> str:
        """Of the bar, with a point in any language."""
        return f"{self.usual or 0:.2f}"


@dataclass(frozen=True)
class PhoneDay:
    offered: int  # that were not turned away
    answered: int
    missed: int
    half_hours: list[HalfHour]
    usual_days: int  # from how many days the usual is counted

    @property
    def width(self) -> int:
        """Of the chart, in calls."""
        highest = (max(one.offered, one.usual or 0) for one in self.half_hours)
        return math.ceil(max(highest, default=0)) or 1


@dataclass(frozen=True)
class Jam:
    """A topic asked about today far more than on other such days until this hour."""

    topic: Topic
    today: int
    usual: float


@dataclass(frozen=True)
class TodaysLine:
    at: datetime
    people: list[User]  # who has a state; a wall display shows how many only
    ready: int
    after_call: int
    on_break: int
    away: int
    being_written: int
    inquiries: int
    callbacks: int
    callbacks_late: int
    letters_late: int
    now: PhoneNow | None
    phone: PhoneDay | None
    jams: list[Jam] = field(default_factory=list)


def todays_line(at: datetime) -> TodaysLine:
    has_phone = PhoneLine.objects.open().exists()
    people = on_the_line()
    states = Counter(person.line_state for person in people)
    today = Inquiry.objects.filter(_until(timezone.localdate(at), at))
    found = list(today.values_list("topic", flat=True))
    topics = Counter(topic for topic in found if topic is not None)
    return TodaysLine(
        at=at,
        people=people,
        ready=states[LineState.READY],
        after_call=states[LineState.AFTER_CALL],
        on_break=states[LineState.BREAK],
        away=states[LineState.AWAY],
        being_written=_being_written(at),
        inquiries=len(found),
        now=phone_now(at) if has_phone else None,
        phone=phone_day(at) if has_phone else None,
        jams=jams(at, topics),
        **_owed(at),
    )


def _being_written(at: datetime) -> int:
    """Contacts begun today that are neither thrown away nor, by now, an inquiry."""
    begun = InquiryDraft.objects.filter(
        discarded_at__isnull=True, started_at__gte=_midnight(timezone.localdate(at))
    )
    return begun.filter(~Exists(Inquiry.objects.filter(key=OuterRef("key")))).count()


def _owed(at: datetime) -> dict[str, int]:
    callbacks = Inquiry.objects.filter(state=InquiryState.CALLBACK).aggregate(
        callbacks=Count("pk"), callbacks_late=Count("pk", filter=Q(callback_due_at__lte=at))
    )
    late = Inquiry.objects.with_legal_deadline().filter(answer_by__lt=timezone.localdate(at))
    return {**callbacks, "letters_late": late.count()}


def phone_now(at: datetime) -> PhoneNow:
    calls = PhoneCall.objects.under_way(at).values_list("rang_at", "answered_at", "direction")
    found = list(calls)
    waiting = [rang for rang, answered, way in found if not answered and way == Direction.IN]
    longest = max(((at - rang).total_seconds() for rang in waiting), default=0)
    talking = sum(answered is not None for _rang, answered, _way in found)
    return PhoneNow(len(waiting), max(0, int(longest)), talking)


def phone_day(at: datetime) -> PhoneDay:
    today = timezone.localdate(at)
    incoming = PhoneCall.objects.filter(direction=Direction.IN, was_turned_away=False)
    calls = list(incoming.filter(_days([today])).values_list("rang_at", "answered_at", "is_missed"))
    usual, days = _usual_half_hours(incoming, today)
    offered = Counter(half_hour_of(rang) for rang, _answered, _missed in calls)
    missed = Counter(half_hour_of(rang) for rang, _answered, is_missed in calls if is_missed)
    expected = {half_hour_of(timezone.make_aware(datetime.combine(today, one))) for one in usual}
    return PhoneDay(
        offered=len(calls),
        answered=sum(answered is not None for _rang, answered, _missed in calls),
        missed=missed.total(),
        half_hours=[
            HalfHour(
                timezone.localtime(begins),
                offered[begins],
                missed[begins],
                usual[_time_of_day(begins)] / days if days else None,
            )
            for begins in half_hours_between({*offered, *expected})
        ],
        usual_days=days,
    )


def _usual_half_hours(incoming, today: date) -> tuple[Counter[time], int]:  # type: ignore[no-untyped-def]
    """All calls of the same weekdays before, by half hour, and on how many days there were calls."""
    moments = list(incoming.filter(_days(_same_weekdays(today))).values_list("rang_at", flat=True))
    days = len({timezone.localdate(moment) for moment in moments})
    if days < FEWEST_USUAL_DAYS:
        return Counter(), 0
    return Counter(_time_of_day(half_hour_of(moment)) for moment in moments), days


def _same_weekdays(today: date) -> list[date]:
    """Those of the last weeks on which we were open: a holiday says nothing of the usual."""
    clock = working_clock()
    before = (today - WEEK * weeks for weeks in range(1, USUAL_WEEKS + 1))
    return [day for day in before if clock.is_workday(day)]


def _days(days: Iterable[date], name: str = "rang_at") -> Q:
    """Moments within any of the days; each is a range, so that the index is walked."""
    wanted = Q(pk__in=[])
    for day in days:
        begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
        wanted |= Q(**{f"{name}__gte": begins, f"{name}__lt": ends})
    return wanted


def _time_of_day(moment: datetime) -> time:
    return timezone.localtime(moment).time().replace(fold=0)


def jams(at: datetime, now: Counter[int]) -> list[Jam]:
    """Topics with far more inquiries today than usually until this hour, the greatest first."""
    usual = _usual_topics(at)
    if usual is None:
        return []
    grown = [
        topic
        for topic, count in now.items()
        if count >= JAM_AT_LEAST and count >= JAM_TIMES_USUAL * usual[topic]
    ]
    most = sorted(grown, key=lambda topic: (usual[topic] - now[topic], topic))[:MOST_JAMS]
    topics = Topic.objects.in_bulk(most)
    return [Jam(topics[pk], now[pk], usual[pk]) for pk in most]


def _usual_topics(at: datetime) -> defaultdict[int, float] | None:
    """How many inquiries each topic has on such a day until this hour; None: not enough days."""
    until_now = Q(pk__in=[])
    for day in _same_weekdays(timezone.localdate(at)):
        until_now |= _until(day, at)
    rows = Inquiry.objects.filter(until_now, topic__isnull=False)
    found = list(rows.values_list("topic", "started_at"))
    days = len({timezone.localdate(started) for _topic, started in found})
    if days < FEWEST_USUAL_DAYS:
        return None
    counted = Counter(topic for topic, _started in found)
    return defaultdict(float, {topic: count / days for topic, count in counted.items()})


def _until(day: date, at: datetime) -> Q:
    begins = _midnight(day)
    now = timezone.make_aware(datetime.combine(day, timezone.localtime(at).time()))
    return Q(started_at__gte=begins, started_at__lte=now)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
