"""Estonian: forms of the words on our list, compounds of them, and a rough stem for all other words.

Most words change inside ("luba", "loa", "lube"), so an ending cannot simply be cut off. The list
gives the principal parts that a dictionary gives; the other forms are made of these by endings.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from common.base_forms.word_lists import lines

CASES = ("s", "st", "sse", "l", "le", "lt", "ks", "na", "ni", "ta", "ga")
_OF_STEM = frozenset(("", "d", *CASES))
_OF_PLURAL = frozenset(("", *CASES))
_ALONE = frozenset(("",))
_OF_MA = frozenset(
    (
        *("ma", "mas", "mast", "maks", "mata", "v", "vat", "vad", "vate", "vaid"),
        *("va" + case for case in ("", *CASES)),
        *("mine", "mis", "mist", "misse", "mised", "misi"),
        *("mise" + case for case in ("", *CASES)),
        *("miste" + case for case in ("", *CASES)),
    )
)
_OF_PRESENT = frozenset(
    ("", "n", "d", "b", "me", "te", "vad", "ks", "ksin", "ksid", "ksime", "ksite")
)
_OF_PAST = frozenset(("", "in", "id", "ime", "ite"))
_OF_PAST_IN_I = frozenset(("", "n", "d", "me", "te"))
_OF_PASSIVE = frozenset(
    (
        *("ud", "i", "av", "avat", "avad", "avate", "avaid", "u", "ut", "ute", "uid"),
        *("ava" + case for case in ("", *CASES)),
        *("u" + case for case in CASES),
    )
)
_OF_DOER = frozenset(
    (
        *("ja", "jat", "jad", "jaid"),
        *("ja" + case for case in CASES),
        *("jate" + case for case in ("", *CASES)),
    )
)
LONGEST_ENDING = 8
SHORTEST_PART = 3
MOST_PARTS = 4
SHORTEST_STEM = 4
ENDINGS = re.compile(
    r"(?:(?:de|te)?(?:sse|st|s|le|lt|l|ks|ga|ta|na|ni)|sid|id|de|te|ide|d|t|ne|se)$"
)
VOWELS = "aeiouõäöü"
PLAIN = str.maketrans("õäöüšž", "oaousz")

Stems = dict[str, list[tuple[frozenset[str], str]]]


class Lexicon:
    """The words of the list, ready for asking; never changed once built."""

    def __init__(self, source: Iterable[str]) -> None:
        self.stems: Stems = defaultdict(list)
        self.beginnings: dict[str, set[str]] = defaultdict(set)
        for line in source:
            if line.startswith("+"):
                for word in line[1:].split():
                    self.beginnings[word].add(word)
                continue
            lemma, _colon, rest = line.partition(":")
            parts = [re.findall(r"[^\s,]+", part) for part in rest.split(";")]
            if lemma.endswith("ma") and (not rest or len(parts) > 5):
                self._add_verb(lemma, parts)
            else:
                self._add_noun(lemma, parts)
        self.plain: dict[str, set[str]] = defaultdict(set)
        for stem in list(self.stems):
            self.plain[stem.translate(PLAIN)].add(stem)

    def _add(self, stem: str, endings: frozenset[str], lemma: str) -> None:
        if (endings, lemma) not in self.stems[stem]:
            self.stems[stem].append((endings, lemma))

    def _add_noun(self, lemma: str, parts: list[list[str]]) -> None:
        genitives, partitives, illatives, plurals, plural_partitives = [*parts, *[[]] * 5][:5]
        self._add(lemma, _ALONE, lemma)
        for genitive in genitives:
            self._add(genitive, _OF_STEM, lemma)
        for plural in plurals:
            self._add(plural, _OF_PLURAL, lemma)
        for form in (*partitives, *illatives, *plural_partitives):
            self._add(form, _ALONE, lemma)
        for beginning in (lemma, *genitives, *plurals):
            self.beginnings[beginning].add(lemma)

    def _add_verb(self, lemma: str, parts: list[list[str]]) -> None:
        root = lemma.removesuffix("ma")
        if len(parts) == 1:
            parts = [[root + end] for end in ("da", "b", "s", "nud", "tud", "takse", "ge")]
        da, present, past, active, passive, passive_now, imperative = parts
        self._add(root, _OF_MA, lemma)
        self._add(root, _OF_DOER, root + "ja")
        self.beginnings[root + "mis"].add(lemma)
        for form in da:
            self._add(form, _ALONE, lemma)
            self._add(form[:-1] + "es", _ALONE, lemma)
        for form in present:
            self._add(form.removesuffix("b"), _OF_PRESENT, lemma)
        for form in past:
            self._add(form, _OF_PAST_IN_I if form.endswith("i") else _OF_PAST, lemma)
            if form.endswith("is"):  # "andis", but "andsin"; "maksis", but "maksin"
                self._add(form[:-2].removesuffix("s") + "s", _OF_PAST - {""}, lemma)
        for form in (*active, *passive_now, *imperative):
            self._add(form, _ALONE, lemma)
        for form in passive_now:
            self._add(form.removesuffix("kse"), _ALONE, lemma)
        for form in imperative:
            self._add(form[:-1] + "u", _ALONE, lemma)
        for form in passive:
            self._add(form.removesuffix("ud"), _OF_PASSIVE, lemma)

    def lemmas(self, word: str) -> set[str]:
        """The words of which this is a form."""
        found = set()
        for length in range(min(LONGEST_ENDING, len(word) - 1) + 1):
            cut = len(word) - length
            for endings, lemma in self.stems.get(word[:cut], ()):
                if word[cut:] in endings:
                    found.add(lemma)
        if not found and len(word) > 5 and word.endswith(("gi", "ki")):
            return self.lemmas(word[:-2])
        return found

    def split(self, word: str, most: int = MOST_PARTS) -> list[tuple[str, ...]]:
        """The fewest known parts of which a compound is made, as they stand in it; no part, no split."""
        for count in range(2, most + 1):
            found = list(self._split(word, count))
            if found:
                return found
        return []

    def _split(self, word: str, count: int) -> Iterator[tuple[str, ...]]:
        if count == 1:
            if len(word) >= SHORTEST_PART and self.lemmas(word):
                yield (word,)
            return
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[:cut] in self.beginnings:
                for rest in self._split(word[cut:], count - 1):
                    yield (word[:cut], *rest)

    def with_marks(self, word: str) -> set[str]:
        """Words that were typed without their diacritics, as they are spelled."""
        found = set()
        for length in range(min(LONGEST_ENDING, len(word) - 1) + 1):
            cut = len(word) - length
            for stem in self.plain.get(word[:cut], ()):
                spelled = stem + word[cut:]
                if self.lemmas(spelled):
                    found.add(spelled)
        return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return Lexicon(lines("estonian"))


def known_forms(word: str) -> set[str]:
    """Base forms of a word on the list, or of a compound of such words: the whole and its parts."""
    known = lexicon()
    found = known.lemmas(word)
    if found:
        return found
    for parts in known.split(word):
        last = known.lemmas(parts[-1])
        found |= last | {"".join(parts[:-1]) + lemma for lemma in last}
        for part in parts[:-1]:
            found |= known.beginnings[part]
    return found


def whole_forms(word: str) -> set[str]:
    """As `known_forms`, of a compound the whole alone: what somebody means who types it."""
    known = lexicon()
    found = known.lemmas(word)
    for parts in [] if found else known.split(word):
        found |= {"".join(parts[:-1]) + lemma for lemma in known.lemmas(parts[-1])}
    return found


def spelled_out(word: str) -> set[str]:
    """The same for a word typed without diacritics: "jaatmeluba"."""
    known = lexicon()
    marked = known.with_marks(word)
    if marked:
        return set().union(*(known.lemmas(spelled) for spelled in marked))
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        firsts = {stem for stem in known.plain.get(word[:cut], ()) if stem in known.beginnings}
        lasts = known.with_marks(word[cut:]) if firsts else set()
        for first, last in product(firsts, lasts):
            marked |= {first + lemma for lemma in known.lemmas(last)}
    return marked


def rough_stem(word: str) -> str:
    """What is left of a word we do not know without its case ending and last vowels."""
    stem = word
    for _pass in range(2):
        shorter = ENDINGS.sub("", stem)
        if len(shorter) < SHORTEST_STEM or shorter == stem:
            break
        stem = shorter
    while len(stem) > SHORTEST_STEM and stem[-1] in VOWELS:
        stem = stem[:-1]
    return stem
