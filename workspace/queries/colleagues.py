"""Colleagues beside a call: to whom it may be passed on, and who deals with its topic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.queries import DirectoryLine, directory, is_meant, line_takers
from inquiries.typed import is_id
from knowledge.models import Topic
from knowledge.queries import search_topics

MOST_SHOWN = 12
MOST_TOPICS = 3


@dataclass(frozen=True)
class Colleague:
    """Somebody who takes calls: now, or by calling the client back."""

    line: DirectoryLine
    takes_now: bool
    is_named: bool  # by what was typed
    deals_with_it: bool  # the topic of the contact

    @property
    def user(self) -> User:
        return self.line.user


def colleagues_to_pass_to(
    *, by: User, at: datetime, text: str = "", topic_id: str = "", county: str = ""
) -> list[Colleague]:
    """Return who takes calls beside oneself, by name or by a topic typed.

    Whoever is named comes first, then who is ready, then who deals with the topic of the contact.
    """
    takers = line_takers(timezone.localdate(at)).exclude(pk=by.pk)
    topic = topic_of(topic_id)
    own_topic = [topic.code] if topic else []
    asked = [match.topic.code for match in search_topics(text, MOST_TOPICS)] if text else []
    found = [
        Colleague(
            line,
            takes_now=line.user.is_at_the_line(at),
            is_named=is_meant(line.user, text),
            deals_with_it=_deals(line, own_topic, county),
        )
        for line in directory(at=at, among=takers)
        if is_meant(line.user, text) or _deals(line, asked, "")
    ]
    return sorted(found, key=_place)[:MOST_SHOWN]


def _place(colleague: Colleague) -> tuple[bool, bool, bool]:
    return (not colleague.is_named, not colleague.takes_now, not colleague.deals_with_it)


def _deals(line: DirectoryLine, codes: Iterable[str], county: str) -> bool:
    wanted = {code for topic in codes for code in (topic, topic.split("-")[0])}
    is_here = not county or not line.counties or county in line.counties
    return is_here and not wanted.isdisjoint(line.topic_codes)


@dataclass(frozen=True)
class StaffAtHand:
    """What the directory says beside a call: about whom it was asked, and who was found."""

    topic: Topic | None
    county: str
    lines: list[DirectoryLine]


def staff_at_hand(
    *, at: datetime, text: str = "", topic_id: str = "", county: str = ""
) -> StaffAtHand:
    """Return who deals with the topic in the county; with a name typed, whoever is meant by it."""
    topic = topic_of(topic_id)
    if text:
        return StaffAtHand(None, "", directory(text=text, at=at)[:MOST_SHOWN])
    lines = directory(topic.code, county, at=at)[:MOST_SHOWN] if topic else []
    return StaffAtHand(topic, county if topic else "", lines)


def topic_of(topic_id: str) -> Topic | None:
    return Topic.objects.filter(pk=topic_id).first() if is_id(topic_id) else None
