from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common.base_forms import Asked
from common.words import asked, kept
from knowledge.languages import Language, reader_language
from knowledge.models import (
    Article,
    ArticleVersion,
    FavouriteTopic,
    Phrase,
    Topic,
    TopicIndexStamp,
    TopicTerm,
)
from knowledge.topic_search.folding import composed, folded
from knowledge.topic_search.index import Hit, Phrasing, Span, TopicIndex

FAVOURITE_DIGITS = range(1, 10)
NAME_WEIGHT = 1.0
TERM_WEIGHT = 0.95
GROUP_WEIGHT = 0.35  # the words of a group lead to each of its topics, faintly


@dataclass(frozen=True)
class Part:
    """A piece of text, to be put within <mark> or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class TopicMatch:
    """A topic found. `synonym` is empty when the name in the reader's language answers itself."""

    topic: Topic
    name: tuple[Part, ...]
    synonym: tuple[Part, ...]


@dataclass
class _BuiltIndex:
    """The search index of this process and the state of the tables it was built from."""

    state: tuple[object, ...]
    index: TopicIndex


_built: dict[str, _BuiltIndex] = {}


def search_topics(text: str, limit: int = 9) -> list[TopicMatch]:
    """Find topics by name, synonym or keyword in any language; bent, cut or misspelled words too.

    Two small queries: whether the index is still fresh, and the topics found.
    """
    language = reader_language()
    hits = _topic_index().search(text, language=language, limit=limit)
    topics = Topic.objects.select_related("parent", "owner_unit").in_bulk(
        [hit.topic for hit in hits]
    )
    return [_match(hit, topics[hit.topic], language) for hit in hits if hit.topic in topics]


def names_of_topics(codes: Collection[str]) -> dict[str, str]:
    """Names of topics and of their groups in the reader's language, by code; one query."""
    return {topic.code: topic.name() for topic in Topic.objects.filter(code__in=codes)}


def code_of_topic_meant(text: str) -> str:
    """The code of the topic or group that a code, or words typed as in a call, mean first; else nothing."""
    exact = Topic.objects.filter(code=text.upper()).values_list("code", flat=True).first()
    if exact:
        return exact
    found = search_topics(text, limit=1)
    return found[0].topic.code if found else ""


def _match(hit: Hit, topic: Topic, language: str) -> TopicMatch:
    by_synonym = not hit.name_spans and hit.phrasing.weight != GROUP_WEIGHT
    return TopicMatch(
        topic=topic,
        name=tuple(_parts(topic.name(language), hit.name_spans)),
        synonym=tuple(_parts(hit.phrasing.text, hit.spans)) if by_synonym else (),
    )


def _parts(text: str, spans: Sequence[Span]) -> Iterator[Part]:
    text, place = composed(text), 0
    for span in spans:
        if span.start > place:
            yield Part(text[place : span.start], is_marked=False)
        yield Part(text[span.start : span.end], is_marked=True)
        place = span.end
    if place < len(text):
        yield Part(text[place:], is_marked=False)


def _topic_index() -> TopicIndex:
    """The index of this process, built anew when topics or their words have changed."""
    state = _state_of_topics()
    if "topics" not in _built or _built["topics"].state != state:
        _built["topics"] = _BuiltIndex(state, TopicIndex(_phrasings()))
    return _built["topics"].index


def _state_of_topics() -> tuple[object, ...]:
    return tuple(TopicIndexStamp.objects.values_list("version", flat=True))


def _phrasings() -> Iterator[Phrasing]:
    topics = list(Topic.objects.for_choice())
    by_group: dict[int | None, list[Topic]] = {}
    for topic in topics:
        by_group.setdefault(topic.parent_id, []).append(topic)
        yield from _names(topic.pk, topic, NAME_WEIGHT, is_name=True)
    chosen = {topic.pk for topic in topics}
    for group in Topic.objects.filter(level=1, is_active=True):
        for topic in by_group.get(group.pk, []):
            yield from _names(topic.pk, group, GROUP_WEIGHT, is_name=False)
    for term in TopicTerm.objects.select_related("topic"):
        if term.topic_id in chosen:
            yield Phrasing(term.topic_id, term.text, TERM_WEIGHT, False, term.language)
        for topic in by_group.get(term.topic_id, []):
            yield Phrasing(topic.pk, term.text, GROUP_WEIGHT, False, term.language)


def _names(topic_id: int, named: Topic, weight: float, *, is_name: bool) -> Iterator[Phrasing]:
    for language in Language.values:
        yield Phrasing(topic_id, named.name(language), weight, is_name, language)


def favourite_topics(*, user: User, most_used: Sequence[int] = ()) -> list[tuple[int, Topic]]:
    """Topics on the digits 1 to 9: what the person has put there, the rest filled by most used.

    `most_used` are ids of topics, most used first; whoever counts inquiries knows them.
    """
    chosen = dict(FavouriteTopic.objects.filter(user=user).values_list("digit", "topic_id"))
    rest = iter([topic for topic in most_used if topic not in chosen.values()])
    by_digit = {digit: chosen.get(digit) or next(rest, None) for digit in FAVOURITE_DIGITS}
    topics = Topic.objects.for_choice().in_bulk([pk for pk in by_digit.values() if pk])
    return [(digit, topics[pk]) for digit, pk in by_digit.items() if pk in topics]


@dataclass(frozen=True)
class Digit:
    """A digit of the call screen, with what this person has put on it."""

    number: int
    topic: Topic | None
    is_here: bool = False  # the topic asked about stands on it


@dataclass(frozen=True)
class Favourite:
    """A topic and the digit that this person has put it on, if any, among all nine."""

    topic: Topic
    digit: int | None
    digits: list[Digit]


def own_favourites(user: User) -> list[Favourite]:
    """The topics that the person has put on digits, by digit; one query."""
    chosen = list(FavouriteTopic.objects.filter(user=user).select_related("topic"))
    return [_favourite(one.topic, chosen) for one in chosen]


def favourite_of(user: User, topic: Topic) -> Favourite:
    """Whether and where the topic stands among the person's digits; one query."""
    chosen = list(FavouriteTopic.objects.filter(user=user).select_related("topic"))
    return _favourite(topic, chosen)


def _favourite(topic: Topic, chosen: list[FavouriteTopic]) -> Favourite:
    taken = {one.digit: one.topic for one in chosen}
    digits = [
        Digit(number, taken.get(number), is_here=taken.get(number) == topic)
        for number in FAVOURITE_DIGITS
    ]
    return Favourite(topic, next((one.number for one in digits if one.is_here), None), digits)


def find_phrases(text: str, *, topic: Topic | None = None, limit: int = 9) -> list[Phrase]:
    """Standard phrases whose shortcut begins with what was typed, or whose text holds it.

    Those of the topic come first; few enough to be looked through in memory.
    """
    wanted = folded(text.strip().lstrip("/"))
    phrases = (
        Phrase.objects.filter(Q(topic=topic) | Q(topic__isnull=True))
        if topic
        else (Phrase.objects.all())
    )
    ranked = [
        (
            not phrase.shortcut.startswith(wanted),
            topic is None or phrase.topic_id != topic.pk,
            phrase,
        )
        for phrase in phrases
        if phrase.shortcut.startswith(wanted) or wanted in folded(phrase.text())
    ]
    ranked.sort(key=lambda row: (row[0], row[1], row[2].shortcut))
    return [phrase for *_, phrase in ranked[:limit]]


def search_articles(text: str, *, by: User, limit: int = 20) -> list[ArticleVersion]:
    """Wordings in force that hold all the words, each article once: the reader's language first,
    then those that have the words in their title.
    """
    words = asked(text)
    if not words:
        return []
    today, language = timezone.localdate(), reader_language()
    holding = ArticleVersion.objects.visible_to(by).filter(words__words__holding=words)
    found = {version.pk: version for version in holding.defer("body").order_by("title", "pk")}
    articles = Article.objects.filter(versions__in=found).distinct()
    best: list[tuple[bool, bool, str, ArticleVersion]] = []
    for article in articles.prefetch_related(
        Prefetch("versions", ArticleVersion.objects.defer("body"))
    ):
        in_force = [article.version_in_force(language=code, on=today) for code in Language.values]
        hits = [version for version in in_force if version and version.pk in found]
        ranked = [
            (version.language != language, not _holds(version.title, words), version.title, version)
            for version in hits
        ]
        best += [min(ranked, key=lambda row: row[:3])] if ranked else []
    best.sort(key=lambda row: row[:3])
    return [version for *_rank, version in best[:limit]]


def _holds(title: str, words: Sequence[Asked]) -> bool:
    forms = kept(title)
    return all(
        word.forms & forms
        or (word.beginning and any(form.startswith(word.beginning) for form in forms))
        for word in words
    )


@dataclass(frozen=True)
class TopicGroup:
    """A first-level topic with the topics that stand beneath it."""

    group: Topic
    topics: list[Topic]


def topics_by_group(topics: QuerySet[Topic]) -> list[TopicGroup]:
    """All topics in use, by group, in the order of the tree; one query."""
    groups: dict[int, TopicGroup] = {}
    beneath: list[Topic] = []
    for topic in topics.filter(is_active=True).order_by("position", "pk"):
        if topic.level == 1:
            groups[topic.pk] = TopicGroup(topic, [])
        else:
            beneath.append(topic)
    for topic in beneath:
        if topic.parent_id in groups:
            groups[topic.parent_id].topics.append(topic)
    return list(groups.values())


def titled_articles(
    articles: QuerySet[Article], *, first: int | None = None
) -> list[tuple[Article, ArticleVersion]]:
    """Articles with the version that counts today for the reader, by title; `first` leads."""
    without_bodies = ArticleVersion.objects.defer("body")
    today = timezone.localdate()
    titled = [
        (article, version)
        for article in articles.prefetch_related(Prefetch("versions", without_bodies))
        if (version := article.version_in_force(language=reader_language(), on=today))
    ]
    return sorted(titled, key=lambda pair: (pair[0].pk != first, folded(pair[1].title)))
