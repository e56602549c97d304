"""Estonian by Vabamorf, the morphological analyser in estnltk: heavier, and it knows every word.

An optional extra (`morphology`); nothing imports this module unless it is chosen in the settings.
"""

from functools import lru_cache

from estnltk.vabamorf.morf import Vabamorf

from common.base_forms.analysis import CYRILLIC, other_forms
from common.base_forms.others import english_forms


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> frozenset[str]:
    """Base forms of one word in small letters; of a compound also its parts."""
    if word.isdigit() or CYRILLIC.search(word) or len(word) < 2:
        return other_forms(word)
    found = {form for lemma, parts in _analyses(word) for form in _forms(lemma, parts)}
    return frozenset(found | _english(word))


def asked_of(word: str) -> tuple[set[str], bool]:
    """The base forms that a typed word means, of a compound the whole alone; and whether it is known."""
    if word.isdigit() or CYRILLIC.search(word) or len(word) < 2:
        return set(other_forms(word)), word.isdigit()
    known = _analyses(word, guess=False)
    return {_plain(lemma) for lemma, _parts in known or _analyses(word)} | _english(word), bool(
        known
    )


def _english(word: str) -> set[str]:
    return english_forms(word) if word.isascii() else set()


def _analyses(word: str, *, guess: bool = True) -> list[tuple[str, list[str]]]:
    (told,) = Vabamorf.instance().analyze([word], disambiguate=False, guess=guess)
    return [(one["lemma"], one["root_tokens"]) for one in told["analysis"]]


def _forms(lemma: str, parts: list[str]) -> set[str]:
    found = {_plain(lemma)}
    for part in parts[:-1] if len(parts) > 1 else []:
        found |= {_plain(one) for one, _parts in _analyses(part)}
    if len(parts) > 1:
        found.add(_plain(lemma.removeprefix("".join(parts[:-1]))))
    return found


def _plain(lemma: str) -> str:
    """A noun made of a verb is kept as the verb, as the word list does."""
    lemma = "".join(letter for letter in lemma.lower() if letter.isalnum()).replace("ё", "е")
    return lemma.removesuffix("mine") + "ma" if lemma.endswith("mine") else lemma
