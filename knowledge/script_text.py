"""The light markup of scripts: questions with answers that lead on, in three languages.

`## name` begins a step; `-> name` an answer that leads to another step, `=> ending` one that ends the
script; `et:`, `ru:` and `en:` say its words, `> et:` and so on what may be put into the answer. A line
that begins with none of these goes on with the one above. The first step is where the script begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from knowledge.languages import Language

HEAD = re.compile(r"## *([a-z0-9-]+)$")
ANSWER = re.compile(r"(->|=>) *([a-z0-9_-]+)$")
WORDS = re.compile(r"(> *)?(et|ru|en): *(.*)$")
MOST_ANSWERS = 9  # one digit each


class Ending(TextChoices):
    """How a contact ends where the script says so; named like the outcomes of inquiries."""

    SOLVED = "solved", _("Solved")
    REFERRED_OUT = "referred_out", _("Referred to another body")
    CALLBACK = "callback", _("Callback promised")
    WITH_UNIT = "with_unit", _("Forwarded to a unit")
    ACCESS_PAPERS = "access_papers", _("Access papers")
    TICKET = "ticket", _("Ticket to tier II")


class ScriptNotUnderstood(Refusal):
    code = "script_not_understood"
    sentence = _("Line %(line)s of the script is not understood: %(text)s")


class ScriptNotWhole(Refusal):
    code = "script_not_whole"
    sentence = _("Step “%(step)s”: %(why)s")


Texts = dict[str, str]


@dataclass
class Answer:
    """What the caller says, and where that leads: to a step, or to an ending."""

    to: str = ""
    ending: str = ""
    say: Texts = field(default_factory=dict)
    text: Texts = field(default_factory=dict)


@dataclass
class Step:
    name: str
    ask: Texts = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)


def read_script(body: str) -> list[Step]:
    """Return the steps, or raise ScriptNotUnderstood or ScriptNotWhole."""
    steps = _read(body)
    _judge(steps)
    return steps


def _read(body: str) -> list[Step]:
    steps: list[Step] = []
    last: tuple[Texts, str] | None = None
    for number, raw in enumerate(body.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if head := HEAD.match(line):
            steps.append(Step(head[1]))
            last = None
        elif steps and (answer := ANSWER.match(line)):
            leads_on = answer[1] == "->"
            steps[-1].answers.append(Answer(to=answer[2]) if leads_on else Answer(ending=answer[2]))
            last = None
        elif steps and (words := WORDS.match(line)):
            texts = _texts(steps[-1], is_text=bool(words[1]))
            if texts is None:
                raise ScriptNotUnderstood(line=number, text=line)
            texts[words[2]], last = words[3], (texts, words[2])
        elif last:
            last[0][last[1]] += f" {line}"
        else:
            raise ScriptNotUnderstood(line=number, text=line)
    return steps


def _texts(step: Step, *, is_text: bool) -> Texts | None:
    """Whose words a line says: of the step until its first answer, then of the last answer."""
    if not step.answers:
        return None if is_text else step.ask
    return step.answers[-1].text if is_text else step.answers[-1].say


def _judge(steps: Sequence[Step]) -> None:
    names = [step.name for step in steps]
    if not steps:
        raise ScriptNotWhole(step="–", why=_("the script has no step."))
    for step in steps:
        for why in _faults(step, names):
            raise ScriptNotWhole(step=step.name, why=why)
    lost = set(names) - _reached(steps)
    if lost:
        raise ScriptNotWhole(step=min(lost), why=_("no answer leads here."))


def _faults(step: Step, names: Sequence[str]) -> Iterator[object]:
    if names.count(step.name) > 1:
        yield _("there are two steps of this name.")
    if not 1 <= len(step.answers) <= MOST_ANSWERS:
        yield _("a step has one to nine answers.")
    if any(not texts.get(code) for texts in _said(step) for code in Language.values):
        yield _("words are missing in one of the three languages.")
    for answer in step.answers:
        if answer.to and answer.to not in names:
            yield _("an answer leads to a step that is not there.")
        if answer.ending and answer.ending not in Ending.values:
            yield _("an answer ends in a way that is not known.")


def _said(step: Step) -> Iterator[Texts]:
    yield step.ask
    for answer in step.answers:
        yield answer.say
        if answer.text:
            yield answer.text


def _reached(steps: Sequence[Step]) -> set[str]:
    by_name = {step.name: step for step in steps}
    reached, ahead = set(), [steps[0].name]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [answer.to for answer in by_name[name].answers if answer.to]
    return reached


@dataclass(frozen=True)
class Taken:
    """One step of a path that was taken: what was asked, and what was answered."""

    step: Step
    answer: Answer


def walk(steps: Sequence[Step], path: Sequence[int]) -> list[Taken] | None:
    """Follow the numbers of the answers from the first step; None if they lead nowhere."""
    by_name, step = {step.name: step for step in steps}, steps[0]
    taken: list[Taken] = []
    for number in path:
        if (taken and taken[-1].answer.ending) or not 1 <= number <= len(step.answers):
            return None
        answer = step.answers[number - 1]
        taken.append(Taken(step, answer))
        step = by_name.get(answer.to, step)
    return taken
