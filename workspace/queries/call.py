"""What stands around the call form: the caller, the earlier inquiries, the help by topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from clients.models import Client, ContactPoint
from inquiries.models import IdentifiedHow, Inquiry, facts_of
from inquiries.queries import (
    Advice,
    WaitingCallback,
    advice_at,
    known_by_itself,
    promise_of,
)
from inquiries.states import OPEN_STATES, InquiryState
from inquiries.typed import calls_back, is_id
from knowledge.languages import text_in
from knowledge.models import ArticleVersion, Phrase, ReferralBody, Topic
from knowledge.models.article import in_force
from knowledge.queries import Favourite, favourite_of
from knowledge.scripts import ShownScript, script_of

EARLIER_INQUIRIES = 6
USED_WITHIN = timedelta(days=30)
COUNTED_FOR_SECONDS = 15 * 60


@dataclass(frozen=True)
class Earlier:
    """An earlier inquiry of the caller, as it may be read by this person."""

    inquiry: Inquiry
    is_readable: bool
    is_restricted: bool = False


@dataclass(frozen=True)
class CallerCard:
    """Who is on the phone, as far as the agent has said."""

    client: Client | None = None
    contacts: list[ContactPoint] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True)
class Identification:
    """How the caller was identified, what else there is to choose, and what it lets be spoken of."""

    how: IdentifiedHow
    first_fact: str = ""
    second_fact: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    ways: tuple[IdentifiedHow, ...] = tuple(IdentifiedHow)

    @property
    def is_by_facts(self) -> bool:
        return self.how == IdentifiedHow.FACTS


@dataclass(frozen=True)
class TopicHelp:
    """What a specialist needs at hand to answer about a topic."""

    topic: Topic | None = None
    articles: list[ArticleVersion] = field(default_factory=list)
    source: ArticleVersion | None = None
    phrases: list[str] = field(default_factory=list)
    bodies: list[ReferralBody] = field(default_factory=list)
    script: ShownScript | None = None


def caller_card(client_id: str, *, by: User) -> CallerCard:
    """Return the card of the client with the open inquiries first, then the newest."""
    if not is_id(client_id):
        return CallerCard()
    chosen = int(client_id)
    related = Client.objects.visible_to(by).filter(Q(pk=chosen) | Q(merged_into=chosen))
    found = {row.pk: row for row in related}
    if chosen not in found:
        return CallerCard()
    client = found.pop(chosen).survivor
    family = client.family_ids(list(found) if client.pk == chosen else None)
    today = timezone.localdate()
    newest = (
        Inquiry.objects.visible_to(by)
        .filter(client__in=family)
        .select_related("topic", "agent")
        .order_by("-started_at", "-pk")[: EARLIER_INQUIRIES * 3]
    )
    ordered = sorted(newest, key=lambda inquiry: inquiry.state not in OPEN_STATES)
    return CallerCard(
        client=client,
        contacts=list(client.contact_points.all()),
        earlier=[
            Earlier(inquiry, inquiry.is_readable_by(by, today), inquiry.is_restricted_on(today))
            for inquiry in ordered[:EARLIER_INQUIRIES]
        ],
    )


def identification(
    typed: Mapping[str, str], caller: CallerCard, follows: Inquiry | None
) -> Identification:
    """What was chosen by hand, else what the number tells; nobody is identified without a card."""
    how = known_by_itself(typed, points=caller.contacts, follows=follows)
    if caller.client is None:
        return Identification(how)
    chosen = typed.get("identified_how", "")
    if chosen in IdentifiedHow.values:
        how = IdentifiedHow(chosen)
    return Identification(
        how,
        typed.get("first_fact", ""),
        typed.get("second_fact", ""),
        [(fact.value, str(fact.label)) for fact in facts_of(caller.client.kind)],
        advice_at(how),
    )


def all_bodies(topic_id: str) -> list[Any]:
    """Every body that a contact may be referred to, marked where it is one of the topic's."""
    chosen = [int(topic_id)] if is_id(topic_id) else []
    of_topic = Topic.objects.filter(pk__in=chosen, referral_bodies=OuterRef("pk"))
    return list(ReferralBody.objects.annotate(is_of_topic=Exists(of_topic)))


def topic_help(topic_id: str, *, language: str, bodies: Iterable[Any] | None = None) -> TopicHelp:
    """Return the articles, phrases and bodies of a topic, its usual source first.

    bodies: all of them, where the page has read them anyway.
    """
    if not is_id(topic_id):
        return TopicHelp()
    topic = Topic.objects.select_related("parent", "owner_unit").filter(pk=topic_id).first()
    if topic is None:
        return TopicHelp()
    today = timezone.localdate()
    by_article = _texts_in_force(topic, language, today)
    source = by_article.get(topic.default_article_id)
    of_topic = [text for text in by_article.values() if text.is_of_topic]
    if source and source not in of_topic:
        of_topic.insert(0, source)
    phrases = Phrase.objects.for_topic(topic).filter(topic__isnull=False)
    return TopicHelp(
        topic=topic,
        articles=of_topic,
        source=source,
        phrases=[text_in(phrase, "text", language) for phrase in phrases],
        bodies=(
            list(topic.referral_bodies.all())
            if bodies is None
            else [body for body in bodies if body.is_of_topic]
        ),
        script=script_of(topic, language=language, on=today),
    )


def _texts_in_force(topic: Topic, language: str, on: date) -> dict[int | None, Any]:
    """What stands in the topic's articles and its usual one, by article, in one query."""
    of_topic = topic.articles.values("pk")
    wanted = Q(article__in=of_topic) | Q(article=topic.default_article_id)
    rows = ArticleVersion.objects.filter(wanted).defer("body")  # the texts are long
    versions = rows.annotate(is_of_topic=Q(article__in=of_topic)).order_by("article__code")
    found = {
        article: in_force(list(texts), language=language, on=on)
        for article, texts in groupby(versions, attrgetter("article_id"))
    }
    return {article: text for article, text in found.items() if text}


def favourite(help_given: TopicHelp, user: User) -> Favourite | None:
    """Which digit the chosen topic stands on, to be changed beside it."""
    topic = help_given.topic
    return favourite_of(user, topic) if topic and topic.may_be_chosen else None


def most_used_topics(user: User) -> list[int]:
    """Ids of the topics this person noted most in the last weeks; counted anew every quarter hour."""

    def count() -> list[int]:
        since = timezone.now() - USED_WITHIN
        used = Inquiry.objects.filter(agent=user, started_at__gte=since, topic__isnull=False)
        most = used.values("topic").annotate(times=Count("pk")).order_by("-times", "topic")
        return list(most.values_list("topic", flat=True)[:9])

    return cache.get_or_set(f"most-used-topics:{user.pk}", count, COUNTED_FOR_SECONDS) or []


def follow_up(typed: Mapping[str, str], caller: CallerCard, *, by: User) -> Inquiry | None:
    """The inquiry that this one continues, if any; mostly one of the caller's latest."""
    before = typed.get("follow_up_of", "")
    if not is_id(before):
        return None
    known = {earlier.inquiry.pk: earlier.inquiry for earlier in caller.earlier}
    if int(before) in known:
        return known[int(before)]
    return Inquiry.objects.visible_to(by).select_related("topic").filter(pk=before).first()


def promise_to_keep(
    typed: Mapping[str, str], follows: Inquiry | None, *, by: User, at: datetime
) -> WaitingCallback | None:
    """The promise for which the client is being called back, if this contact is that call."""
    if follows is None or follows.state != InquiryState.CALLBACK or calls_back(typed) is None:
        return None
    promise = promise_of(follows, by=by, at=at)
    is_readable = follows.is_readable_by(by, timezone.localdate(at))
    return promise if promise.may_keep and is_readable else None


def seconds_between(start: datetime, end: datetime) -> str:
    """Seconds to the tenth, as a script reads them in any language."""
    return f"{max(0.0, (end - start).total_seconds()):.1f}"
