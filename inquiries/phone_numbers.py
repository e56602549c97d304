"""The number that an exchange tells of, in our one spelling where it is one that can be called."""

import re
from functools import lru_cache

from clients.phones import PhoneNotValid, digits_of, normal_phone

WITHHELD = frozenset({"anonymous", "unknown", "unavailable", "private", "restricted", "withheld"})
LONGEST = 20
SHORTEST_OUTSIDE = 6  # shorter ones are desks and queues of ours, spelled as they are

SCHEME = re.compile(r"^(?:sips?|tel):", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def known_number(given: str) -> str:
    """E.164; its digits where they make no number of the world; nothing where it is withheld."""
    text = _without_address(given)
    if not text or text.lower() in WITHHELD:
        return ""
    digits = digits_of(text)[:LONGEST]
    if len(digits) < SHORTEST_OUTSIDE:
        return digits
    try:
        return normal_phone(text)
    except PhoneNotValid:
        return digits


def _without_address(given: str) -> str:
    """In “Mari 5” <sip:53001234@10.0.0.1> the number stands between the scheme and the host."""
    inside = given.partition("<")[2].partition(">")[0] or given
    return SCHEME.sub("", inside.strip()).partition("@")[0].strip()
