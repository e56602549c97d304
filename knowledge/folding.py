"""How a word is spelled for comparing: lower case, without diacritics, letter for letter.

Each letter of the (composed) text gives exactly one folded letter, so that a place found in the
folded text is the same place in the text shown. `й` becomes `и` and `ё` becomes `е` the same way.
"""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in composed(text))
