"""By what a client is found: which beginnings stand in the index for one client."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clients.folding import fold, words_of
from clients.models.client_key import KeyKind
from clients.models.contact_point import ContactKind
from clients.phones import phone_keys

LONGEST_WORDS = 400


class Key(NamedTuple):
    kind: str
    key: str
    words: str


def keys_of(
    *,
    names: Iterable[str],
    codes: Iterable[str],
    contacts: Iterable[tuple[str, str]],
) -> Iterator[Key]:
    """Yield each key once. `contacts` are (kind, value) pairs of contact points.

    A row of a name, a code or an address repeats all that may be typed beside it; a row of a
    number does not, since a search with a word in it starts from the word.
    """
    name_words = list(dict.fromkeys(word for name in names for word in _spellings(name)))
    codes = [code for code in dict.fromkeys(fold(code) for code in codes) if code]
    contacts = list(contacts)
    emails = [fold(value) for kind, value in contacts if kind == ContactKind.EMAIL]
    numbers = [phone_keys(value) for kind, value in contacts if kind == ContactKind.PHONE]
    nationals = [keys[1] for keys in numbers]
    words = " " + " ".join([*name_words, *codes, *nationals, *emails])
    words = words[:LONGEST_WORDS]
    yield from (Key(KeyKind.NAME, word, words) for word in name_words)
    yield from (Key(KeyKind.CODE, code, words) for code in codes)
    yield from (Key(KeyKind.EMAIL, email, words) for email in dict.fromkeys(emails))
    ends = dict.fromkeys(key for keys in numbers for key in keys)
    yield from (Key(KeyKind.PHONE, end, "") for end in ends)


def _spellings(name: str) -> list[str]:
    """Words of a name; "Mari-Liis" also as one word."""
    joined = [
        "".join(words_of(part)) for part in name.replace("–", "-").split() if "-" in part.strip("-")
    ]
    return [*words_of(name), *joined]
