"""Russian typed in Latin letters, by sound: "shtraf", "rybolovnaya"."""

import re

# Longer spellings first. Letters are folded: `й` is `и`, `ё` is `е`, as in `folding`.
LETTERS = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю",
    "ju": "ю", "ya": "я", "ja": "я", "yo": "е", "jo": "е", "ye": "е", "je": "е", "a": "а",
    "b": "б", "v": "в", "w": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "j": "и",
    "y": "ы", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с",
    "t": "т", "u": "у", "f": "ф", "h": "х", "c": "ц", "x": "кс", "q": "к",
}  # fmt: skip
SPELLING = re.compile("|".join(sorted(LETTERS, key=len, reverse=True)))


def in_cyrillic(word: str) -> str:
    return SPELLING.sub(lambda found: LETTERS[found.group()], word)
