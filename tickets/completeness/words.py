"""What the words of a text are worth: kinds of words that say nothing, by their base forms (`lists/`)."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import lru_cache
from pathlib import Path

from common.base_forms.analysis import CYRILLIC, asked_of
from common.base_forms.estonian import lexicon
from common.base_forms.others import english_forms, russian_forms

FOLDER = Path(__file__).parent / "lists"
SHORTEST, LONGEST = 2, 60  # what is longer is cut
SHORTEST_LAST = 4
DONE = re.compile("ma$")
APOSTROPHES = str.maketrans("’ʼ`´", "''''")
TELLING = "telling"  # English words that are forms of an empty Estonian one: "load"
Kinds = frozenset[str]


def plain(text: str) -> str:
    """The text without capitals, marks and doubled spaces, as it is compared."""
    text = text.casefold().replace("ё", "е").translate(APOSTROPHES)
    kept = "".join(sign if sign.isalnum() or sign in "-'" else " " for sign in text)
    return " ".join(word.strip("-'")[:LONGEST] for word in kept.split() if word.strip("-'"))


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Kinds by word as it is written, and by base form."""
    written: dict[str, set[str]] = defaultdict(set)
    bases: dict[str, set[str]] = defaultdict(set)
    for row in rows("empty"):
        for word in plain(row["words"]).split():
            written[word].add(row["kind"])
            for form in _listed(word, row["language"]) if row["forms"] == "base" else ():
                bases[form].add(row["kind"])
    return dict(written), dict(bases)


@lru_cache(maxsize=1)
def _fields() -> dict[str, Kinds]:
    return {row["field"]: frozenset(row["kinds"].split()) for row in rows("fields")}


def kinds_for(field: str) -> Kinds:
    """The kinds of words that say nothing in this field (`lists/fields.csv`)."""
    return _fields()[field]


def _listed(word: str, language: str) -> Set[str]:
    """Base forms of a word on a list, whose language is known: "sure" is no form of "surema" there."""
    if language == "en":
        return english_forms(word)
    if language == "ru":  # "портал" alone looks like a verb to the stemmer, "порталом" does not
        return set().union(*(russian_forms(word + ending) for ending in ("", "а", "ом")))
    found, is_known = asked_of(word)
    return {word} if is_known and word in found else found


@lru_cache(maxsize=50_000)
def bases_of(word: str) -> Kinds:
    return frozenset(asked_of(word)[0] if len(word) >= SHORTEST else ())


@lru_cache(maxsize=50_000)
def kinds_of(word: str) -> Kinds:
    """All kinds of empty words that this one is of; none: it says something."""
    written, bases = _lists()
    found = set(written.get(word, ()))
    if TELLING in found:
        return frozenset()
    for form in bases_of(word):
        found |= bases.get(form, set())
    if not found and "'" in word:
        return kinds_of(word.partition("'")[0])
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _is_empty(word: str, empty: Kinds) -> bool:
    if len(word) < SHORTEST or kinds_of(word) & empty:
        return True
    return "-" in word and all(_is_empty(part, empty) for part in word.split("-"))


def _parts_of(word: str) -> list[tuple[str, ...]]:
    """Of an Estonian compound the ways in which it may be read."""
    if CYRILLIC.search(word) or kinds_of(word):
        return []
    return lexicon().split(word)


@lru_cache(maxsize=50_000)
def ends_in(word: str, kinds: Kinds) -> bool:
    """Whether it is a compound that ends in such a word: "jäätmeluba", "pakendiaruanne"."""
    parts = _parts_of(word)
    return bool(parts) and all(kinds_of(split[-1]) & kinds for split in parts)


@lru_cache(maxsize=50_000)
def is_made_of(word: str, kinds: Kinds) -> bool:
    """Whether it is a compound of such words alone: "jõekallas"; what is done ("üleandmine") is none."""
    if any(map(DONE.search, bases_of(word))):
        return False
    parts = _parts_of(word)
    parts = [split for split in parts if len(split[-1]) >= SHORTEST_LAST]  # "eelnõu" is none
    return any(all(kinds_of(part) & kinds for part in split) for split in parts)


def telling_words(text: str, empty: Kinds) -> list[str]:
    """The words of a text that say something, where words of these kinds do not."""
    return [word for word in plain(text).split() if not _is_empty(word, empty)]


def is_pointing(text: str) -> bool:
    """Whether it points to another place: "vt kirjeldus", "как выше", "see the attachment"."""
    return any("pointer" in kinds_of(word) for word in plain(text).split())
