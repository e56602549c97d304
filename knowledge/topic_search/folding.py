"""How a word is spelled for comparing: lower case, without diacritics, letter for letter.

Each letter of the (composed) text gives exactly one folded letter, so that a place found in the
folded text is the same place in the text shown. `й` becomes `и` and `ё` becomes `е` the same way.
"""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+")
COMBINING = re.compile(r"[\u0300-\u036f]")


def composed(text: str) -> str:
    """One code point a letter; stress marks that no letter has (`коткáс`) are dropped."""
    return COMBINING.sub("", unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in composed(text))


def words(text: str) -> Iterator[tuple[str, int]]:
    """Yield each folded word with the place where it begins."""
    for found in WORD.finditer(folded(text)):
        yield found.group(), found.start()
