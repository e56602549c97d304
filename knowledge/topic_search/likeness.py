"""How well a word we know answers a word somebody typed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from knowledge.topic_search.transliteration import in_cyrillic

SHORTEST_STEM = 4  # letters that two forms of one word must share at least
LONGEST_ENDING = 5
SHORTEST_PART = 4  # letters of a part of a compound word: "luba" in "veeluba"
SHORTEST_MISSPELLED = 4
ENOUGH_ALIKE = 0.7
SURE = 0.75
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Likeness:
    """A known word, how well it answers (0–1), and which of its letters to mark."""

    quality: float
    start: int
    end: int


class Vocabulary:
    """All words that topics are known by."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self._known = frozenset(self.words)
        # One text of all words, a line each: parts are found in it at the speed of `str.find`.
        self._lines = "\n".join(self.words)
        self._line_starts = list(accumulate((len(word) + 1 for word in self.words), initial=0))
        self._beginnings: dict[int, dict[str, list[str]]] = {}

    def answers(self, typed: str) -> dict[str, Likeness]:
        """Return every known word that may answer the typed one, each judged the best way.

        What nothing answers well may be Russian in Latin letters: "shtraf".
        """
        found = self._answers(typed)
        if typed.isascii() and all(likeness.quality < SURE for likeness in found.values()):
            for word, likeness in self._answers(in_cyrillic(typed)).items():
                found.setdefault(word, likeness)
        return found

    def _answers(self, typed: str) -> dict[str, Likeness]:
        found: dict[str, Likeness] = {}
        for kind in (
            self._same_beginning,
            self._same_stem,
            self._part_of_compound,
            self._part_of_typed,
            self._misspelled,
            self._misspelled_beginning,
        ):
            for word, likeness in kind(typed):
                if word not in found or likeness.quality > found[word].quality:
                    found[word] = likeness
        return found

    def _between(self, low: str) -> Sequence[str]:
        return self.words[bisect_left(self.words, low) : bisect_left(self.words, low + LAST)]

    def _same_beginning(self, typed: str) -> list[tuple[str, Likeness]]:
        return [
            (word, Likeness(0.7 + 0.3 * len(typed) / len(word), 0, len(typed)))
            for word in self._between(typed)
        ]

    def _same_stem(self, typed: str) -> list[tuple[str, Likeness]]:
        """Estonian and Russian bend words at their end: what stays in front tells the word."""
        if len(typed) < SHORTEST_STEM:
            return []
        found = []
        for word in self._between(typed[: SHORTEST_STEM - 1]):
            shared = Prefix.similarity(typed, word)
            ending = max(len(typed), len(word)) - shared
            is_short_word = shared == len(word) == SHORTEST_STEM - 1  # "õng" in "õngega"
            if ending <= LONGEST_ENDING and (ending < shared >= SHORTEST_STEM or is_short_word):
                quality = 0.55 + 0.4 * shared / max(len(typed), len(word))
                found.append((word, Likeness(quality, 0, shared)))
        return found

    def _part_of_compound(self, typed: str) -> list[tuple[str, Likeness]]:
        if len(typed) < SHORTEST_PART:
            return []
        found = []
        place = self._lines.find(typed)
        while place >= 0:
            line = bisect_right(self._line_starts, place) - 1
            start = place - self._line_starts[line]
            found.append((self.words[line], Likeness(0.6, start, start + len(typed))))
            place = self._lines.find(typed, self._line_starts[line + 1])
        return found

    def _part_of_typed(self, typed: str) -> list[tuple[str, Likeness]]:
        """A known word at either end of a compound that we do not know as a whole."""
        cuts = range(SHORTEST_PART, len(typed) - 1)
        beginnings = [(typed[:cut], 0.6) for cut in cuts if cut > SHORTEST_PART]
        endings = [(typed[-cut:], 0.5) for cut in cuts]
        return [
            (part, Likeness(quality, 0, len(part)))
            for part, quality in beginnings + endings
            if part in self._known
        ]

    def _misspelled(self, typed: str) -> list[tuple[str, Likeness]]:
        if len(typed) < SHORTEST_MISSPELLED:
            return []
        alike = process.extract(
            typed,
            self.words,
            scorer=OSA.normalized_similarity,
            score_cutoff=ENOUGH_ALIKE,
            limit=30,
        )
        return [(word, Likeness(score - 0.08, 0, len(word))) for word, score, _place in alike]

    def _misspelled_beginning(self, typed: str) -> list[tuple[str, Likeness]]:
        """A long word misspelled before it was typed to its end."""
        if len(typed) <= SHORTEST_MISSPELLED:
            return []
        beginnings = self._beginnings_of(len(typed))
        alike = process.extract(
            typed,
            beginnings.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=ENOUGH_ALIKE + 0.05,
            limit=20,
        )
        return [
            (word, Likeness(score - 0.2, 0, len(typed)))
            for beginning, score, _place in alike
            for word in beginnings[beginning]
        ]

    def _beginnings_of(self, length: int) -> dict[str, list[str]]:
        if length not in self._beginnings:
            cut: dict[str, list[str]] = {}
            for word in self.words:
                if len(word) > length:
                    cut.setdefault(word[:length], []).append(word)
            self._beginnings[length] = cut
        return self._beginnings[length]
