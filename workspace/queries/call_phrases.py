"""What "/" offers in the notes and the answer: phrases, and sentences of the topic's articles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from accounts.models import User
from knowledge.article_text import blocks
from knowledge.languages import text_in
from knowledge.models import ArticleVersion, Phrase
from workspace.queries.call import topic_help

TOLD = frozenset({"paragraph", "bullets", "steps"})  # headings and notes to officials are not told


@dataclass(frozen=True)
class Snippet:
    """A text to put in, under the word by which it is found."""

    name: str  # the shortcut of a phrase, the title of an article
    text: str
    is_of_topic: bool


def snippets(user: User, *, topic_id: str, language: str) -> list[Snippet]:
    """Return the topic's phrases, those of any topic, the topic's articles, then all other phrases."""
    found = topic_help(topic_id, language=language)
    phrases = list(Phrase.objects.visible_to(user).order_by("shortcut"))
    texts = ArticleVersion.objects.in_bulk([version.pk for version in found.articles])
    topic_pk = found.topic.pk if found.topic else None

    def of(is_wanted: Callable[[Phrase], bool], *, is_of_topic: bool = False) -> list[Snippet]:
        return [
            Snippet(phrase.shortcut, text_in(phrase, "text", language), is_of_topic)
            for phrase in phrases
            if is_wanted(phrase)
        ]

    return [
        *of(
            lambda phrase: phrase.topic_id is not None and phrase.topic_id == topic_pk,
            is_of_topic=True,
        ),
        *of(lambda phrase: phrase.topic_id is None),
        *(snippet for version in found.articles for snippet in _of_article(texts[version.pk])),
        *of(lambda phrase: phrase.topic_id not in {None, topic_pk}),
    ]


def _of_article(version: ArticleVersion) -> Iterator[Snippet]:
    for block in blocks(version.body):
        for line in block.lines if block.kind in TOLD else []:
            yield Snippet(version.title, "".join(run.text for run in line), is_of_topic=True)
