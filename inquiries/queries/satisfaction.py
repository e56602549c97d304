"""Who is asked how we served, and what came of it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Avg, Count, Q

from clients.models import ContactKind
from inquiries.models import BEST, Inquiry, SatisfactionQuestion
from inquiries.states import UNDO_WITHIN, InquiryState, Outcome
from knowledge.languages import text_in
from knowledge.models import Topic

ASKED_FOR = dt.timedelta(days=3)  # after the delay; an older matter is not asked about any more
AT_ONCE = 500
FEWEST = 5  # answers; fewer would name somebody
ENDED = (InquiryState.CLOSED, InquiryState.REFERRED_OUT, InquiryState.SOLVED)
NOT_SERVED = (Outcome.WRONG_NUMBER, Outcome.SILENT, Outcome.ABUSIVE, Outcome.UNANSWERED)


def inquiries_to_ask_about(at: dt.datetime) -> list[Inquiry]:
    """Inquiries that came to their end lately, and of which nobody was asked, the oldest first.

    However short the delay is, an end that can still be taken back is none yet.
    """
    until = at - max(dt.timedelta(hours=settings.SATISFACTION_DELAY_HOURS), UNDO_WITHIN)
    rows = Inquiry.objects.filter(
        state__in=ENDED,
        state_since__gt=until - ASKED_FOR,
        state_since__lte=until,
        is_anonymous=False,
        satisfaction_question__isnull=True,
    ).exclude(outcome__in=NOT_SERVED)
    return list(rows.order_by("state_since")[:AT_ONCE])


def address_of_client(inquiry: Inquiry) -> str:
    """Where the client wrote from, else the address on the card that works best."""
    letter = inquiry.letters.filter(direction="in").order_by("-at", "-pk").first()
    if letter is not None and "@" in letter.sender_address:
        return str(letter.sender_address)
    if inquiry.client is None:
        return ""
    points = inquiry.client.survivor.contact_points.filter(kind=ContactKind.EMAIL)
    best = points.order_by("confirmed_at", "pk").filter(confirmed_at__isnull=False).first()
    point = best or points.order_by("pk").first()
    return str(point.value) if point else ""


@dataclass(frozen=True)
class Figures:
    """How a group of answers stands. With fewer than five answers there is only their number."""

    label: str
    asked: int
    answered: int
    average: float | None
    shares: tuple[tuple[int, int, int], ...]  # score, answers, percent

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST


def satisfaction_figures(first: dt.datetime, last: dt.datetime) -> Figures:
    """All answers to questions that were asked between two moments."""
    asked = SatisfactionQuestion.objects.filter(asked_at__gte=first, asked_at__lt=last)
    found = asked.aggregate(
        asked=Count("pk"),
        answered=Count("score"),
        average=Avg("score"),
        **{f"of_{score}": Count("pk", filter=Q(score=score)) for score in range(1, BEST + 1)},
    )
    return _figures("", found)


def satisfaction_by(field: str, first: dt.datetime, last: dt.datetime) -> list[Figures]:
    """The same by channel, language or topic group; groups with too few answers are one together."""
    rows = (
        SatisfactionQuestion.objects.filter(asked_at__gte=first, asked_at__lt=last)
        .order_by()
        .values_list(f"inquiry__{field}")
        .annotate(Count("pk"), Count("score"), Avg("score"))
    )
    labels = _labels(field)
    return sorted(
        (
            Figures(
                labels.get(value, "–"), asked, answered, average if answered >= FEWEST else None, ()
            )
            for value, asked, answered, average in rows
        ),
        key=lambda one: -one.answered,
    )


def words_of_clients(first: dt.datetime, last: dt.datetime) -> list[SatisfactionQuestion]:
    """What clients wrote, without the inquiry; nothing while fewer than five have answered."""
    given = SatisfactionQuestion.objects.filter(asked_at__gte=first, asked_at__lt=last, score__gt=0)
    if given.count() < FEWEST:
        return []
    return list(given.exclude(words="").only("score", "words").order_by("score", "pk")[:200])


def _figures(label: str, found: dict[str, float | None]) -> Figures:
    answered = int(found["answered"] or 0)
    is_shown = answered >= FEWEST
    shares = tuple(
        (
            score,
            int(found[f"of_{score}"] or 0),
            round(100 * int(found[f"of_{score}"] or 0) / answered),
        )
        for score in range(BEST, 0, -1)
        if is_shown
    )
    return Figures(
        label, int(found["asked"] or 0), answered, found["average"] if is_shown else None, shares
    )


def _labels(field: str) -> dict[object, str]:
    if field == "main_topic":
        return {topic.pk: text_in(topic, "name") for topic in Topic.objects.filter(level=1)}
    choices = Inquiry._meta.get_field(field).choices or []  # type: ignore[union-attr]
    return {value: str(label) for value, label in choices}
