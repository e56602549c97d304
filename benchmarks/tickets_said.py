"""What tickets of the benchmark say: sentences of the demo, with places and numbers, and their words."""

import json
from functools import cache
from random import Random
from typing import Any

from common.words import kept
from inquiries.demo_world import TEXTS as INQUIRIES
from inquiries.models import Language
from tickets.demo_texts import ASKED, SOLUTIONS, TEXTS, TOLD, WORDS
from tickets.models import Ticket

PLACES = (
    "Kose vald", "Põlva vald", "Hiiumaa vald", "Saue vald", "Tartu linn", "Narva linn", "Rõuge vald",
    "Kihnu vald", "Alutaguse vald", "Lääne-Nigula vald", "Setomaa vald", "Viimsi vald",
)  # fmt: skip
NUMBERS = 40_000  # so many permits are spoken of
OFTEN = 0.35  # of what is said, in which a permit is named


class Said:
    """Texts by language, in the shares in which people write."""

    def __init__(self, rng: Random) -> None:
        self.by_language: dict[str, list[tuple[str, str]]] = {}
        for line in INQUIRIES.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)
            pair = (text["question"], text.get("answer", ""))
            self.by_language.setdefault(text["language"], []).append(pair)
        self.shares = [
            (Language.ESTONIAN, 78),
            (Language.RUSSIAN, 19),
            (Language.ENGLISH, 3),
        ]

    def ticket(self, rng: Random) -> dict[str, Any]:
        languages, weights = zip(*self.shares, strict=True)
        language = rng.choices(languages, weights)[0]
        question, answer = rng.choice(self.by_language[language])
        typed = rng.choice(TEXTS)
        is_demo = language == Language.ESTONIAN and rng.random() < 0.5
        permit = f"KL-{500_000 + rng.randrange(NUMBERS)}"
        return {
            "language": language,
            "summary": (typed.summary if is_demo else question)[:200],
            "description": "\n".join(
                [typed.description, question] if is_demo else [question, answer]
            ),
            "steps_tried": typed.steps if is_demo else answer,
            "facts": {**typed.facts, "permit_number": permit, "place": rng.choice(PLACES)},
        }

    def comment(self, rng: Random) -> str:
        languages, weights = zip(*self.shares, strict=True)
        pair = rng.choice(self.by_language[rng.choices(languages, weights)[0]])
        first = rng.choice(pair) or pair[0]
        more = rng.choice((*ASKED, *WORDS, *TOLD)) if rng.random() < 0.4 else ""
        permit = f"KL-{500_000 + rng.randrange(NUMBERS)}" if rng.random() < OFTEN else ""
        return "\n".join(filter(None, (first, more, permit)))

    def solution(self, rng: Random) -> str:
        return "\n".join([rng.choice(SOLUTIONS), rng.choice(self.by_language["et"])[1]])

    def words_of(self, ticket: Ticket) -> set[str]:
        texts = (
            ticket.number, ticket.summary, ticket.description, ticket.steps_tried, ticket.solution,
            *map(str, ticket.facts.values()),
        )  # fmt: skip
        return set().union(*map(self.words, texts))

    def words(self, text: str) -> set[str]:
        """As the application keeps them; each line is analysed once, however often it is said."""
        return set().union(*map(_kept, text.split("\n")))


@cache
def _kept(line: str) -> frozenset[str]:
    return frozenset(kept(line))
