"""A script as a page leads through it, and the path that was taken, as an inquiry keeps it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.languages import Language
from knowledge.models import ScriptVersion, Topic
from knowledge.script_text import Answer, Ending, Step, read_script, walk

LONGEST_PATH = 40


@dataclass(frozen=True)
class ShownAnswer:
    number: int
    say: str
    to: str
    ending: str
    ending_label: str
    text: str


@dataclass(frozen=True)
class ShownStep:
    name: str
    ask: str
    answers: list[ShownAnswer]


@dataclass(frozen=True)
class ShownScript:
    """The script of a topic in the language of the contact."""

    version: int
    steps: list[ShownStep]


@dataclass(frozen=True)
class WalkedStep:
    ask: str
    say: str


def script_of(topic: Topic, *, language: str, on: date) -> ShownScript | None:
    version = ScriptVersion.objects.in_force(topic, on)
    if version is None:
        return None
    steps = [_shown(step, language) for step in read_script(version.body)]
    return ShownScript(version.pk, steps)


def _shown(step: Step, language: str) -> ShownStep:
    return ShownStep(
        step.name,
        _in(step.ask, language),
        [
            _shown_answer(number, answer, language)
            for number, answer in enumerate(step.answers, start=1)
        ],
    )


def _shown_answer(number: int, answer: Answer, language: str) -> ShownAnswer:
    label = str(Ending(answer.ending).label) if answer.ending else ""
    say, text = _in(answer.say, language), _in(answer.text, language)
    return ShownAnswer(number, say, answer.to, answer.ending, label, text)


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get(Language.ESTONIAN, "")


def kept_path(sent: str) -> dict[str, Any] | None:
    """The path that a page sent, as it is kept; None for none, or one that leads nowhere."""
    try:
        told = json.loads(sent)
        version, path = int(told["version"]), [int(number) for number in told["path"]]
    except (ValueError, TypeError, KeyError):
        return None
    script = (
        ScriptVersion.objects.filter(pk=version).first() if 0 < len(path) <= LONGEST_PATH else None
    )
    taken = walk(read_script(script.body), path) if script else None
    if not taken:
        return None
    return {"version": version, "path": path, "outcome": taken[-1].answer.ending}


def walked(kept: dict[str, Any] | None, *, language: str) -> list[WalkedStep]:
    """What was asked and answered on a path that was kept."""
    script = ScriptVersion.objects.filter(pk=kept["version"]).first() if kept else None
    if kept is None or script is None:
        return []
    taken = walk(read_script(script.body), kept["path"]) or []
    return [WalkedStep(_in(one.step.ask, language), _in(one.answer.say, language)) for one in taken]
