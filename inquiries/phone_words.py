"""What an exchange says of a call, in the words of the generic CTI interface, as JSON or as a form."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from inquiries.models import Direction

EVENTS = ("newCall", "answer", "hangup")
LONGEST_ID, LONGEST_TEXT, MOST_PEOPLE = 250, 200, 50
# Callers of this interface spell these two ways.
NAMES_OF_PEOPLE = ("user", "user[]", "users", "caller")
NUMBERS_OF_CALLER = ("from", "callerId", "caller_id")


class WordNotUnderstood(Refusal):
    """An exchange said something that is no event of a call."""

    code = "not_understood"
    sentence = _("The field “%(field)s” is missing or has a value that is not known.")


@dataclass(frozen=True)
class Word:
    """One event of a call."""

    event: str
    call_id: str
    direction: str
    caller: str
    called: str
    people: tuple[str, ...]
    queue: str
    answering: str
    cause: str

    @property
    def digest(self) -> str:
        """The same event about the same people is one, however often it is sent."""
        about = [self.event, sorted(self.people), self.answering, self.queue, self.cause]
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()

    @property
    def raw(self) -> dict[str, Any]:
        return {
            "event": self.event,
            "callId": self.call_id,
            "direction": self.direction,
            "from": self.caller,
            "to": self.called,
            "user": list(self.people),
            "queue": self.queue,
            "answeringNumber": self.answering,
            "cause": self.cause,
        }


def word_of(told: Any) -> Word:
    """Read what was sent: an object of JSON or the fields of a form.

    Raises WordNotUnderstood.
    """
    if not isinstance(told, Mapping):
        raise WordNotUnderstood(field="event")
    event, call_id = _text(told, "event"), _text(told, "callId", "call_id", longest=LONGEST_ID + 1)
    if event not in EVENTS:
        raise WordNotUnderstood(field="event")
    if not call_id or len(call_id) > LONGEST_ID:
        raise WordNotUnderstood(field="callId")
    direction = _text(told, "direction")
    if direction not in Direction.values:
        raise WordNotUnderstood(field="direction")
    return Word(
        event=event,
        call_id=call_id,
        direction=direction,
        caller=_text(told, *NUMBERS_OF_CALLER)[:64],
        called=_text(told, "to")[:64],
        people=_people(told),
        queue=_text(told, "queue")[:100],
        answering=_text(told, "answeringNumber", "answering_number")[:LONGEST_TEXT],
        cause=_text(told, "cause")[:30],
    )


def _text(told: Mapping[str, Any], *names: str, longest: int = LONGEST_TEXT) -> str:
    for name in names:
        value = told.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return _clean(str(value))[:longest]
    return ""


def _people(told: Mapping[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for name in NAMES_OF_PEOPLE:
        many = told.getlist(name) if hasattr(told, "getlist") else told.get(name)
        found += [
            _clean(str(value))[:LONGEST_TEXT]
            for value in (many if isinstance(many, list) else [many])
            if isinstance(value, str | int) and not isinstance(value, bool)
        ]
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_PEOPLE]


def _clean(text: str) -> str:
    """A database of UTF-8 takes neither a NUL nor half a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
