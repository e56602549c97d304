"""How a name is folded into words, the same for what is stored and for what is typed."""

import re
import unicodedata

WORD_LENGTH = 60
TEXT_LENGTH = 600
WORD = re.compile(r"[^\W_]+")
# NFKD takes the marks off õ, ä, ö, ü, š and ž; these letters it leaves as they are.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})

LEGAL_FORM_WORDS = frozenset(
    [
        "ou",
        "as",
        "uu",
        "tu",
        "tuh",
        "mtu",
        "sa",
        "ku",
        "mpu",
        "fie",
        "fil",
        "se",
        "sce",
        "emu",
        "tkr",
        "ametiu",
        "osauhing",
        "aktsiaselts",
        "usaldusuhing",
        "taisuhing",
        "tulundusuhistu",
        "mittetulundusuhing",
        "sihtasutus",
        "korteriuhistu",
        "maaparandusuhistu",
        "filiaal",
        "fuusilisest",
        "isikust",
        "ettevotja",
        "hooneuhistu",
    ]
)


def fold(text: str) -> str:
    """Return the text in small letters without marks, as one word after another."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(WORD.findall(plain.translate(LETTERS)))


def meaningful(words: list[str]) -> list[str]:
    """Return the words without those that only name a legal form, unless nothing else is left."""
    return [word for word in words if word not in LEGAL_FORM_WORDS] or words


def keys_of(name: str, code: str) -> list[tuple[str, int, str]]:
    """Return the search keys of an organisation: word, its place in the name, and all words."""
    words = fold(name).split()
    text = f" {' '.join(words)} {code}"[:TEXT_LENGTH]
    keys = {word[:WORD_LENGTH]: place for place, word in reversed([*enumerate(meaningful(words))])}
    return [*((word, place, text) for word, place in keys.items()), (code, 0, text)]
