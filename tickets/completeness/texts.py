"""By what the texts of a ticket say something: in one line, what happened, what has been tried."""

import re

from tickets.completeness import signs
from tickets.completeness.clauses import clauses, done
from tickets.completeness.words import (
    ends_in,
    is_made_of,
    is_pointing,
    kinds_for,
    kinds_of,
    plain,
    telling_words,
)

TRY = r"\b(?:proov\w+|katseta\w+|пробова\w+|tried)\b"
TRIED_AGAIN = re.compile(
    rf"{TRY}.*\b(?:uuesti|koos|veel|вместе|еще|снова|together|again|earlier)\b"
    rf"|\b(?:koos|вместе|together)\b.*{TRY}"
    r"|\b(?:oota[sn]\w*|oodatud|ждал\w*|подожда\w*|waited)\b"
    r".*\b(?:tund|tunni|minut\w*|päev\w*|час\w*|минут\w*|день|дня|hours?|minutes|day)\b"
)
FEWEST_IN_DESCRIPTION = 2  # telling words: who wanted what, and what came of it
# Of telling words among all: a long letter without a figure or a name has to have more of them.
LEAST_SHARE, LEAST_SHARE_OF_LETTER, LONG = 0.2, 0.35, 18
LEAST_HOLLOW = 0.2
POLITE = 2  # words of greeting, asking and thanking


def _things(text: str) -> list[str]:
    """The telling words beside names of systems."""
    empty = kinds_for("matter") | ({"pointed"} if is_pointing(text) else set())
    return [
        word
        for word in telling_words(text, empty)
        if not signs.has_name(word, "system")
        and not is_made_of(word, kinds_for("matter_of_compound"))
    ]


def names_the_matter(text: str) -> bool:
    """One line: a word beside what kind of paper it is about, or that and what is asked of it, or in which
    system it is refused."""
    topic = kinds_for("topic")
    if any(not ends_in(word, topic) for word in _things(text)):
        return True
    words = plain(text).split()
    is_of_paper = any(kinds_of(word) & topic or ends_in(word, topic) for word in words)
    is_asked = any(kinds_of(word) & kinds_for("asked") for word in words)
    is_refused = signs.has_name(text, "system") and bool(signs.NO.search(plain(text)))
    return is_of_paper and (is_asked or is_refused)


def tells_what_happened(text: str) -> bool:
    """Enough telling words; papers and parts of a page count by half, and not where it only points."""
    words = plain(text).split()
    share = LEAST_SHARE_OF_LETTER if _is_letter(text, words) else LEAST_SHARE
    things = set(_things(text))
    half = {word for word in words if word not in things and _is_half(word)}
    count = len(things) + (0 if is_pointing(text) else len(half) / 2)
    return count >= max(FEWEST_IN_DESCRIPTION, share * len(words))


def _is_half(word: str) -> bool:
    return bool(kinds_of(word) & kinds_for("half")) or ends_in(word, kinds_for("topic"))


def _is_letter(text: str, words: list[str]) -> bool:
    """Polite, or long and full of what letters are full of; and without a figure, a name or a quoted word."""
    is_polite = sum("polite" in kinds_of(word) for word in words) >= POLITE
    hollow = sum(bool(kinds_of(word) & kinds_for("letter")) for word in words)
    is_long = len(words) >= LONG and hollow >= LEAST_HOLLOW * len(words)
    return (is_polite or is_long) and not signs.CONCRETE.search(text)


def tells_what_was_tried(text: str) -> bool:
    """A thing that was done: not what the client did, not that it is handed over, not what comes later."""
    return any(_is_step(part) for part in done(text))


def _is_step(part: str) -> bool:
    if TRIED_AGAIN.search(part):
        return True
    is_handed = any("handover" in kinds_of(word) for word in part.split())
    empty = kinds_for("steps_tried")
    if is_handed:
        empty = empty | kinds_for("handed_to")
    if is_pointing(part):
        empty = empty | {"pointed"}
    return bool(telling_words(part, empty))


def gives_a_reason(text: str) -> bool:
    return any(telling_words(part, kinds_for("urgency_reason")) for part in clauses(text))
