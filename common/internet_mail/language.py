"""Which of our three languages a text is in, by its letters and small words."""

import re

MOST_SIGNS = 5_000
ESTONIAN = frozenset(
    [
        "ja",
        "on",
        "ei",
        "et",
        "kas",
        "mis",
        "ma",
        "me",
        "te",
        "see",
        "kui",
        "ning",
        "või",
        "aga",
        "palun",
        "tere",
        "kuidas",
        "oma",
        "mul",
        "meil",
        "ole",
        "olen",
        "lugupidamisega",
        "soovin",
        "võib",
        "kus",
        "mida",
        "minu",
        "teie",
        "aitäh",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "and",
        "is",
        "of",
        "to",
        "in",
        "for",
        "you",
        "we",
        "my",
        "please",
        "hello",
        "how",
        "what",
        "can",
        "with",
        "not",
        "have",
        "are",
        "this",
        "regards",
        "dear",
        "would",
        "from",
    ]
)


def language_of(text: str) -> str:
    """Return et, ru or en, or an empty text where nothing tells."""
    words = re.findall(r"[^\W\d_]+", text[:MOST_SIGNS].lower())
    letters = "".join(words)
    if not letters:
        return ""
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in letters)
    if cyrillic * 2 > len(letters):
        return "ru"
    estonian = sum(word in ESTONIAN for word in words) + sum(sign in "õäöü" for sign in letters)
    english = sum(word in ENGLISH for word in words)
    if estonian == english:
        return ""
    return "et" if estonian > english else "en"
