"""Which topics answer what somebody typed, best first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from knowledge.topic_search.folding import words
from knowledge.topic_search.likeness import Likeness, Vocabulary

LONGEST_TYPED = 100  # letters; what comes after tells nothing new
MOST_WORDS = 8
# Words that join others and tell no topic.
JOINING = frozenset(
    word
    for word, _start in words(
        "ja on kas kuidas kui mis kes see et ma mu oma mul meie palun tahaks ei saa saab aga juures kus mida teha "
        "и в на с не у я по как ли для о об из мой мне можно могу к за до "
        "the a an to of in on for my i is do can not how with from and at about"
    )
)
JOINING_WEIGHT = 0.15


@dataclass(frozen=True)
class Phrasing:
    """One way to name a topic: its name in a language, or a synonym."""

    topic: int
    text: str
    weight: float
    is_name: bool = False
    language: str = ""


@dataclass(frozen=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A topic found: by which phrasing, and which letters to mark there and in its name."""

    topic: int
    phrasing: Phrasing
    spans: tuple[Span, ...]
    name_spans: tuple[Span, ...]


Answers = Mapping[str, Likeness]


class TopicIndex:
    """All phrasings of all topics, ready for searching; never changed once built."""

    def __init__(self, phrasings: Iterable[Phrasing]) -> None:
        self.phrasings = list(phrasings)
        self.words_of = [list(words(phrasing.text)) for phrasing in self.phrasings]
        self.places: dict[str, set[int]] = defaultdict(set)
        for number, spelled in enumerate(self.words_of):
            for word, _start in spelled:
                self.places[word].add(number)
        self.vocabulary = Vocabulary(self.places)
        self.topics = len({phrasing.topic for phrasing in self.phrasings})
        self.rarity = {word: self._rarity(word) for word in self.places}
        self.names = {
            (phrasing.topic, phrasing.language): number
            for number, phrasing in enumerate(self.phrasings)
            if phrasing.is_name
        }

    def _rarity(self, word: str) -> float:
        topics = {self.phrasings[number].topic for number in self.places[word]}
        return log(1 + self.topics / len(topics)) * (JOINING_WEIGHT if word in JOINING else 1)

    def search(self, text: str, *, language: str, limit: int) -> list[Hit]:
        """Return the topics that answer best; the name is marked in the language asked for."""
        typed = list(dict.fromkeys(word for word, _ in words(text[:LONGEST_TYPED])))[:MOST_WORDS]
        answers = [self.vocabulary.answers(word) for word in typed]
        return [
            Hit(
                topic=topic,
                phrasing=self.phrasings[number],
                spans=self._spans(number, answers),
                name_spans=self._spans(self.names[topic, language], answers),
            )
            for topic, number in self._ranked(answers)[:limit]
        ]

    def _gains(self, answers: Sequence[Answers]) -> dict[int, list[float]]:
        """For each phrasing touched: what each typed word gains there."""
        gains: dict[int, list[float]] = {}
        for position, found in enumerate(answers):
            for word, likeness in found.items():
                gain = likeness.quality**2 * self.rarity[word]
                for number in self.places[word]:
                    row = gains.setdefault(number, [0.0] * len(answers))
                    row[position] = max(row[position], gain * self.phrasings[number].weight)
        return gains

    def _ranked(self, answers: Sequence[Answers]) -> list[tuple[int, int]]:
        """Topics, best first, each with its best phrasing.

        A topic scores by that phrasing, and by all the typed words that it knows anywhere.
        """
        gains = self._gains(answers)
        together: dict[int, list[float]] = {}
        best: dict[int, tuple[float, int]] = {}
        for number, row in gains.items():
            topic = self.phrasings[number].topic
            known = together.setdefault(topic, [0.0] * len(answers))
            together[topic] = [max(pair) for pair in zip(known, row, strict=True)]
            score = sum(row) * self._told(number, answers)
            if score > best.get(topic, (-1.0, 0))[0]:
                best[topic] = (score, number)
        ranked = sorted(best, key=lambda topic: (-best[topic][0] - sum(together[topic]), topic))
        return [(topic, best[topic][1]) for topic in ranked]

    def _told(self, number: int, answers: Sequence[Answers]) -> float:
        """How much of the phrasing was typed, joining words aside."""
        spelled = [word for word, _ in self.words_of[number]]
        telling = [word for word in spelled if word not in JOINING] or spelled
        typed = sum(any(word in found for found in answers) for word in telling)
        return typed / len(telling)

    def _spans(self, number: int, answers: Sequence[Answers]) -> tuple[Span, ...]:
        """The letters of the phrasing that answer what was typed."""
        marked = []
        for word, start in self.words_of[number]:
            likenesses = [found[word] for found in answers if word in found]
            if likenesses:
                best = max(likenesses, key=lambda likeness: likeness.quality)
                marked.append(Span(start + best.start, start + best.end))
        return tuple(marked)
