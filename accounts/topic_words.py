"""What an app above knows of topics, for whose codes people are responsible here.

It registers in its AppConfig.ready(): `topic_words.register(names, code_for)`. Without it a topic is its code.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TopicWords:
    names: Callable[[Collection[str]], Mapping[str, str]]  # codes -> names in the reader's language
    code_for: Callable[[str], str]  # what was typed -> the code that is meant, or nothing


_known: list[TopicWords] = []


def register(
    names: Callable[[Collection[str]], Mapping[str, str]], code_for: Callable[[str], str]
) -> None:
    _known[:] = [TopicWords(names, code_for)]


def names_of(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names that are known; a code without one is shown as it is."""
    return _known[0].names(codes) if _known and codes else {}


def code_for(text: str) -> str:
    """Return the code of the topic that somebody means by a code or by words of its name."""
    typed = text.strip()
    found = _known[0].code_for(typed) if _known and typed else ""
    return found or typed.upper()
