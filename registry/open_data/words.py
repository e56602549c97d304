"""How a name becomes search keys, the same for what is stored and for what is typed."""

from clients.folding import WORD, words_of

WORD_LENGTH = 60
TEXT_LENGTH = 600

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


def meaningful(words: list[str]) -> list[str]:
    """Return the words without those that only name a legal form, unless nothing else is left."""
    return [word for word in words if word not in LEGAL_FORM_WORDS] or words


def keys_of(name: str, code: str) -> list[tuple[str, int, str]]:
    """Return the search keys of an organisation: word, its place in the name, and all words."""
    # Most names are plain ASCII, which folds to its small letters; this halves the work of an import.
    words = WORD.findall(name.lower()) if name.isascii() else words_of(name)
    text = f" {' '.join(words)} {code}"[:TEXT_LENGTH]
    keys = {word[:WORD_LENGTH]: place for place, word in reversed([*enumerate(meaningful(words))])}
    return [*((word, place, text) for word, place in keys.items()), (code, 0, text)]
