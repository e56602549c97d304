"""Russian and English: Snowball, and a list of forms whose stem changes more than an ending tells."""

import re
from collections import defaultdict
from functools import lru_cache

import snowballstemmer

from common.base_forms.word_lists import lines

# "участок" and "участке": a vowel that is there only while no ending follows.
FLEETING = re.compile(r"([бвгджзклмнпрстфхцчшщ])[ое]([кцн])$")


@lru_cache(maxsize=2)
def _irregular(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines(language):
        base, _colon, forms = line.replace("ё", "е").partition(":")
        for form in (base, *forms.split()):
            found[form].add(base)
    return found


@lru_cache(maxsize=2)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)


def russian_forms(word: str) -> set[str]:
    stem = _stemmer("russian").stemWord(word)
    found = {stem, *(base for base in _irregular("russian").get(word, ()))}
    if FLEETING.search(stem):
        found.add(FLEETING.sub(r"\1\2", stem))
    return found


def english_forms(word: str) -> set[str]:
    return {_stemmer("english").stemWord(word), *irregular_english(word)}


def irregular_english(word: str) -> set[str]:
    return _irregular("english").get(word, set())


def estonian_snowball(word: str) -> str:
    return _stemmer("estonian").stemWord(word)
