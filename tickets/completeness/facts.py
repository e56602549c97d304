"""By what each fact of a group says something: a sign of its own, or a word that is not empty for it."""

from collections.abc import Callable
from dataclasses import dataclass

from tickets.completeness import signs
from tickets.completeness.clauses import affirmed
from tickets.completeness.found import CADASTRAL, PERMIT
from tickets.completeness.words import (
    is_made_of,
    is_pointing,
    kinds_for,
    plain,
    telling_words,
)

FEWEST_IF_VAGUE = 2  # telling words: "mingi", "какая-то" and one more word are no error text


@dataclass(frozen=True)
class Rule:
    """How one fact is judged: the code of its lack, what says it, and what says it in another text."""

    code: str
    is_said: Callable[[str], bool]
    # A pointer ("see the description") is good enough when this stands there.
    stands_in: Callable[[str], bool] = lambda _text: False


def _says(text: str, field: str = "fact") -> bool:
    """Whether a telling word is left without what is said not to be known."""
    return bool(telling_words(affirmed(text, is_strict=True), kinds_for(field)))


def _is_system(text: str) -> bool:
    if signs.has_name(text, "system") or signs.ADDRESS.search(text):
        return True
    return _says(text, "system")


def _is_screen(text: str) -> bool:
    if ">" in text:
        return any(sign.isalpha() for sign in text)
    empty = kinds_for("screen") | ({"pointed"} if is_pointing(text) else set())
    told = telling_words(affirmed(text, is_strict=True), empty)
    return any(not signs.has_name(word, "system") for word in told)


def _has_screen(text: str) -> bool:
    return ">" in text or bool(signs.ON_SCREEN.search(plain(text)))


def _is_moment(text: str) -> bool:
    return signs.has_moment(affirmed(text))


def _is_error(text: str) -> bool:
    if signs.QUOTED.search(text) or signs.CODE.search(text) or signs.SYMPTOM.search(plain(text)):
        return True
    told = telling_words(affirmed(text, is_strict=True), kinds_for("error_text"))
    return len(told) >= (FEWEST_IF_VAGUE if signs.is_indefinite(text) else 1)


def _has_error(text: str) -> bool:
    is_quoted = signs.QUOTED.search(text) and signs.SAID_BY_SCREEN.search(plain(text))
    return bool(is_quoted or signs.CODE.search(text))


def _is_browser(text: str) -> bool:
    return signs.has_name(affirmed(text), "browser")


def _is_role(text: str) -> bool:
    return bool(signs.ROLE.search(plain(affirmed(text)))) or _says(text, "user_role")


def _is_numbered(text: str) -> bool:
    return signs.has_permit_number(text) or signs.says_there_is_none_yet(text)


def _is_somewhere(text: str) -> bool:
    if any(sign.search(text) for sign in (CADASTRAL, signs.COORDINATES, signs.HOUSE)):
        return True
    text = signs.MEASURE.sub(" ", affirmed(text, is_strict=True))
    told = telling_words(text, kinds_for("place"))
    small = {word.casefold() for word in text.split() if word[:1].islower()}
    return any(not (word in small and is_made_of(word, kinds_for("where"))) for word in told)


def _is_anything(text: str) -> bool:
    """Of a fact that an administrator made: a figure, a yes, a word that says something."""
    return bool(signs.ANSWER.search(plain(text))) or _says(text)


RULES = {
    "system": Rule("no_system", _is_system, lambda text: signs.has_name(text, "system")),
    "screen": Rule("no_screen", _is_screen, _has_screen),
    "happened": Rule("no_time", _is_moment, signs.names_a_moment),
    "error_text": Rule("no_words", _is_error, _has_error),
    "browser": Rule("no_browser", _is_browser, _is_browser),
    "user_role": Rule("no_role", _is_role, lambda text: bool(signs.ROLE.search(plain(text)))),
    "permit_number": Rule("no_figure", _is_numbered, lambda text: bool(PERMIT.search(text))),
    "place": Rule("no_place", _is_somewhere, lambda text: bool(CADASTRAL.search(text))),
}
OTHER = Rule("says_nothing", _is_anything)


def code_of_lack(fact: str, text: str, elsewhere: str) -> str:
    """What is wrong with this value of a fact; "": nothing."""
    if not text.strip():
        return "missing"
    rule = RULES.get(fact, OTHER)
    if rule.is_said(text) or (is_pointing(text) and rule.stands_in(elsewhere)):
        return ""
    return rule.code
