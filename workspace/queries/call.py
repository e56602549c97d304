"""What stands around the call form: the caller, the earlier inquiries, the help by topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from clients.models import Client, ContactPoint
from inquiries.models import Inquiry, InquiryDraft
from inquiries.states import OPEN_STATES
from knowledge.languages import text_in
from knowledge.models import ArticleVersion, Phrase, ReferralBody, Topic

EARLIER_INQUIRIES = 6
OPEN_DRAFTS = 5
USED_WITHIN = timedelta(days=30)
COUNTED_FOR_SECONDS = 15 * 60


@dataclass(frozen=True)
class Earlier:
    """An earlier inquiry of the caller, as it may be read by this person."""

    inquiry: Inquiry
    is_readable: bool


@dataclass(frozen=True)
class CallerCard:
    """Who is on the phone, as far as the agent has said."""

    client: Client | None = None
    contacts: list[ContactPoint] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True)
class TopicHelp:
    """What a specialist needs at hand to answer about a topic."""

    topic: Topic | None = None
    articles: list[ArticleVersion] = field(default_factory=list)
    source: ArticleVersion | None = None
    phrases: list[str] = field(default_factory=list)
    bodies: list[ReferralBody] = field(default_factory=list)


def caller_card(client_id: str, *, by: User) -> CallerCard:
    """Return the card of the client with the open inquiries first, then the newest."""
    if not client_id.isdigit():
        return CallerCard()
    client = Client.objects.visible_to(by).filter(pk=client_id).first()
    if client is None:
        return CallerCard()
    client = client.survivor
    today = timezone.localdate()
    newest = (
        Inquiry.objects.visible_to(by)
        .filter(client__in=client.family_ids())
        .select_related("topic", "agent")
        .order_by("-started_at", "-pk")[: EARLIER_INQUIRIES * 3]
    )
    ordered = sorted(newest, key=lambda inquiry: inquiry.state not in OPEN_STATES)
    return CallerCard(
        client=client,
        contacts=list(client.contact_points.all()),
        earlier=[
            Earlier(inquiry, inquiry.is_readable_by(by, today))
            for inquiry in ordered[:EARLIER_INQUIRIES]
        ],
    )


def topic_help(topic_id: str, *, language: str) -> TopicHelp:
    """Return the articles, phrases and bodies of a topic, its usual source first."""
    if not topic_id.isdigit():
        return TopicHelp()
    topic = (
        Topic.objects.select_related("parent", "owner_unit", "default_article")
        .prefetch_related("articles", "referral_bodies")
        .filter(pk=topic_id)
        .first()
    )
    if topic is None:
        return TopicHelp()
    today = timezone.localdate()
    of_topic = list(topic.articles.all())
    usual = [topic.default_article] if topic.default_article else []
    prefetch_related_objects([*of_topic, *usual], "versions")
    versions = [
        version
        for article in of_topic
        if (version := article.version_in_force(language=language, on=today))
    ]
    source = topic.default_source(language=language, on=today)
    if source and source not in versions:
        versions.insert(0, source)
    phrases = Phrase.objects.for_topic(topic).filter(topic__isnull=False)
    return TopicHelp(
        topic=topic,
        articles=versions,
        source=source,
        phrases=[text_in(phrase, "text", language) for phrase in phrases],
        bodies=list(topic.referral_bodies.all()),
    )


def most_used_topics(user: User) -> list[int]:
    """Ids of the topics this person noted most in the last weeks; counted anew every quarter hour."""

    def count() -> list[int]:
        since = timezone.now() - USED_WITHIN
        used = Inquiry.objects.filter(agent=user, started_at__gte=since, topic__isnull=False)
        most = used.values("topic").annotate(times=Count("pk")).order_by("-times", "topic")
        return list(most.values_list("topic", flat=True)[:9])

    return cache.get_or_set(f"most-used-topics:{user.pk}", count, COUNTED_FOR_SECONDS) or []


def open_drafts(drafts: Iterable[InquiryDraft]) -> list[InquiryDraft]:
    return [draft for draft in drafts if not draft.is_empty][:OPEN_DRAFTS]


def follow_up_number(typed: Mapping[str, str], *, by: User) -> str:
    """The number of the inquiry that this one continues, if any."""
    before = typed.get("follow_up_of", "")
    if not before.isdigit():
        return ""
    found = Inquiry.objects.visible_to(by).filter(pk=before).values_list("number", flat=True)
    return found.first() or ""


def seconds_between(start: datetime, end: datetime) -> str:
    """Seconds to the tenth, as a script reads them in any language."""
    return f"{max(0.0, (end - start).total_seconds()):.1f}"
