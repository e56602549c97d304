"""What is kept of a text, and what a question asks for, as base forms."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from common.base_forms.estonian import (
    CASES,
    VOWELS,
    known_forms,
    lexicon,
    rough_stem,
    spelled_out,
    whole_forms,
)
from common.base_forms.others import (
    english_forms,
    estonian_snowball,
    irregular_english,
    russian_forms,
)
from common.base_forms.word_lists import lines

SNOWBALL, VABAMORF = "snowball", "vabamorf"
WORD = re.compile(r"[^\W_]+")
# "KOTKASes", "IDga": a name in capitals with an Estonian ending.
CAPITALS_BENT = re.compile(rf"([A-ZÕÄÖÜŠŽ]{{2,}})[ieu]?(?:{'|'.join(CASES)}|d|t)?")
ENDINGS_ALONE = frozenset(
    (*CASES, *(vowel + case for vowel in "ieu" for case in CASES), "ile", "d", "i")
)
STRESS = re.compile("[\u0300\u0301]")
CYRILLIC = re.compile(r"[а-я]")
LONGEST_WORD = 60
SHORTEST_BEGINNING = 4
LONGEST_NUMBER = 10  # a personal code of eleven digits is never kept
SHORTEST_NUMBER = 2
MOST_ASKED = 8
LONGEST_ASKED = 200


@dataclass(frozen=True)
class Asked:
    """One word of a question: any of its forms will do; a word cut short also by its beginning."""

    forms: frozenset[str]
    beginning: str = ""


@lru_cache(maxsize=1)
def ignored() -> frozenset[str]:
    return frozenset(word for line in lines("ignored") for word in line.replace("ё", "е").split())


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters, without what joins them."""
    text = STRESS.sub("", unicodedata.normalize("NFC", text))
    for found in WORD.finditer(text):
        word = found.group()
        bent = CAPITALS_BENT.fullmatch(word)
        word = (bent[1] if bent else word).lower().replace("ё", "е")
        is_ending = word in ENDINGS_ALONE and text[found.start() - 1 : found.start()] in (
            "-",
            "'",
            "’",
        )
        if len(word) <= LONGEST_WORD and word not in ignored() and not is_ending:
            yield word


def kept(text: str, *, analyser: str = SNOWBALL) -> set[str]:
    """All base forms that a text is found by, parts of its compounds among them."""
    forms = _vabamorf().forms_of if analyser == VABAMORF else forms_of
    return set().union(*(forms(word) for word in words(text)))


def asked(text: str, *, analyser: str = SNOWBALL) -> list[Asked]:
    """What each word of a question asks for; all of them must be there."""
    typed = list(dict.fromkeys(words(text[:LONGEST_ASKED])))[:MOST_ASKED]
    whole_of = _vabamorf().asked_of if analyser == VABAMORF else asked_of
    found = []
    for place, word in enumerate(typed):
        whole, is_known = whole_of(word)
        is_cut = place == len(typed) - 1 and not is_known and len(word) >= SHORTEST_BEGINNING
        if whole or is_cut:
            found.append(Asked(frozenset(whole), word if is_cut else ""))
    return found


def _vabamorf() -> Any:
    """Loaded only where it is chosen: it is heavy, and an optional extra."""
    return import_module("common.base_forms.vabamorf")


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> frozenset[str]:
    """Base forms of one word in small letters, of whatever language its letters and our lists say."""
    if word.isdigit() or CYRILLIC.search(word) or len(word) < SHORTEST_NUMBER:
        return other_forms(word)
    known = known_forms(word)
    if known:
        return frozenset(known | irregular_english(word))
    part, whole = _known_end(word)
    return frozenset(_rough_forms(word) | part | whole)


def asked_of(word: str) -> tuple[set[str], bool]:
    """The base forms that a typed word means, of a compound the whole alone; and whether we know it."""
    if word.isdigit() or CYRILLIC.search(word) or len(word) < SHORTEST_NUMBER:
        return set(other_forms(word)), word.isdigit()
    whole = whole_forms(word)
    if whole:
        return whole | irregular_english(word), bool(lexicon().lemmas(word))
    spelled = spelled_out(word) if word.isascii() else set()
    return _rough_forms(word) | spelled | _known_end(word)[1], False


def other_forms(word: str) -> frozenset[str]:
    """Of a number, a Russian word or a single letter."""
    if word.isdigit():
        return frozenset([word] if SHORTEST_NUMBER <= len(word) <= LONGEST_NUMBER else [])
    return frozenset(russian_forms(word) if len(word) > 1 else ())


def _rough_forms(word: str) -> set[str]:
    """A name, a rare word, English: its stem by each way."""
    snowball = estonian_snowball(word)
    while len(snowball) > SHORTEST_BEGINNING and snowball[-1] in VOWELS:
        snowball = snowball[:-1]
    found = {rough_stem(word), snowball}
    return found | english_forms(word) if word.isascii() else found


def _known_end(word: str) -> tuple[set[str], set[str]]:
    """The known word that stands at the end of one we do not know, and the whole with it."""
    for cut in range(SHORTEST_BEGINNING, len(word) - SHORTEST_BEGINNING + 1):
        last = lexicon().lemmas(word[cut:])
        if last:
            return last, {word[:cut] + lemma for lemma in last}
    return set(), set()
