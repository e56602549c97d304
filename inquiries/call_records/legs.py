"""What a row says of a call: a leg of it, or one event of a queue."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inquiries.call_records.profile import ANYTHING, Profile
from inquiries.call_records.rows import BadRow, NoCall

LONGEST_ID = 250
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
LONGEST_WAIT = 7 * 24 * 3600


@dataclass
class Leg:
    """A part of a call, as the exchange wrote it down; what it does not say is empty."""

    call_id: str
    leg: str
    at: dt.datetime  # the first moment it speaks of
    direction: str = ""
    from_given: str = ""
    to_given: str = ""
    rang_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    queue: str = ""
    agent_given: str = ""
    cause: str = ""
    waited: int | None = None
    recording: str = ""


def legs_of(profile: Profile) -> Callable[[Any], Leg]:
    """Return how a row of this profile is read. Reading raises BadRow or NoCall."""
    readers: dict[str, Callable[[Profile, Any], Leg]] = {
        "legs": _leg,
        "queue_log": _queue_event,
        "events": _event,
    }
    read = readers[profile.kind]
    return lambda cells: read(profile, cells)


def _leg(profile: Profile, cells: dict[str, str]) -> Leg:
    if not _holds(profile.keep, cells, when_empty=True):
        raise NoCall
    read = _Reader(profile, cells)
    rang = read.moment("rang_at")
    answered, ended = read.moment("answered_at", after=rang), read.moment("ended_at", after=rang)
    if rang is None:
        raise BadRow("no_moment")
    if ended is not None and ended < rang:
        raise BadRow("ends_before_start")
    given = read.number("from"), read.number("to")
    direction = read.direction(*given)
    if not _holds(profile.answered, cells, when_empty=True) or (
        direction == "in" and _holds(profile.not_answered, cells, when_empty=False)
    ):
        answered = None
    call_id = read.identifier("call_id")
    return Leg(
        call_id=call_id,
        leg=read.text("leg")[:LONGEST_ID] or f"{call_id}:{int(rang.timestamp())}"[-LONGEST_ID:],
        at=rang,
        direction=direction,
        from_given=given[0],
        to_given=given[1],
        rang_at=rang,
        answered_at=answered,
        ended_at=ended,
        queue=read.text("queue")[:100],
        agent_given=read.agent() if direction == "in" else given[0],
        cause=read.cause(),
        waited=read.seconds("waited"),
        recording=read.text("recording")[:200],
    )


def _event(profile: Profile, cells: dict[str, str]) -> Leg:
    """One event a row, in the words of the generic CTI."""
    read = _Reader(profile, cells)
    kind, at = read.text("event"), read.moment("moment")
    if kind not in ("newCall", "answer", "hangup"):
        raise NoCall if not kind else BadRow("unknown_event")
    if at is None:
        raise BadRow("no_moment")
    given = read.number("from"), read.number("to")
    return Leg(
        call_id=read.identifier("call_id"),
        leg=f"{kind}:{read.agent()}"[:LONGEST_ID],
        at=at,
        direction=read.direction(*given),
        from_given=given[0],
        to_given=given[1],
        rang_at=at if kind == "newCall" else None,
        answered_at=at if kind == "answer" else None,
        ended_at=at if kind == "hangup" else None,
        queue=read.text("queue")[:100],
        agent_given=read.agent(),
        cause=read.cause(),
    )


def _queue_event(profile: Profile, cells: list[str]) -> Leg:
    """`epoch|call|queue|agent|event|…`: this tells how long a caller waited and who gave up."""
    if len(cells) < 5:
        raise BadRow("wrong_number_of_columns")
    moment, call_id, queue, agent, event = (cell.strip() for cell in cells[:5])
    told = [*(cell.strip() for cell in cells[5:10]), "", "", "", ""]
    at = _epoch(moment)
    if at is None:
        raise BadRow("moment")
    if not call_id or call_id == "NONE" or event not in QUEUE_EVENTS:
        raise NoCall
    if len(call_id) > LONGEST_ID:
        raise BadRow("identifier_too_long")
    leg = Leg(
        call_id, f"{event}:{moment}:{agent}"[:LONGEST_ID], at, direction="in", queue=queue[:100]
    )
    if agent != "NONE":
        leg.agent_given = _of_channel(agent)
    QUEUE_EVENTS[event](leg, at, told)
    if leg.from_given:
        leg.from_given = _cleaned(leg.from_given, profile)
    return leg


def _entered(leg: Leg, at: dt.datetime, told: list[str]) -> None:
    leg.rang_at, leg.from_given = at, told[1]


def _connected(leg: Leg, at: dt.datetime, told: list[str]) -> None:
    leg.answered_at, leg.waited = at, _seconds(told[0])


def _completed(leg: Leg, at: dt.datetime, told: list[str]) -> None:
    leg.ended_at, leg.waited, leg.cause = at, _seconds(told[0]), "normalClearing"


def _abandoned(leg: Leg, at: dt.datetime, told: list[str]) -> None:
    leg.ended_at, leg.waited, leg.cause = at, _seconds(told[2]), "cancel"


def _timed_out(leg: Leg, at: dt.datetime, told: list[str]) -> None:
    leg.ended_at, leg.cause = at, "noAnswer"


QUEUE_EVENTS: dict[str, Callable[[Leg, dt.datetime, list[str]], None]] = {
    "ENTERQUEUE": _entered,
    "CONNECT": _connected,
    "COMPLETEAGENT": _completed,
    "COMPLETECALLER": _completed,
    "ABANDON": _abandoned,
    "EXITEMPTY": _timed_out,
    "EXITWITHTIMEOUT": _timed_out,
}


class _Reader:
    """Our fields out of one row."""

    def __init__(self, profile: Profile, cells: dict[str, str]) -> None:
        self.profile, self.cells = profile, cells

    def text(self, name: str) -> str:
        for column in self.profile.fields.get(name, "").split("|"):
            parts = [self.cells.get(part, "").strip() for part in column.split("+")]
            if all(parts):
                return "-".join(parts)
        return ""

    def identifier(self, name: str) -> str:
        found = self.text(name)
        if not found:
            raise BadRow("no_call_id")
        if len(found) > LONGEST_ID:
            raise BadRow("identifier_too_long")
        return found

    def moment(self, name: str, *, after: dt.datetime | None = None) -> dt.datetime | None:
        """The hour that the clock goes through twice is the second one where the call would else
        end before it began."""
        found = self.text(name)
        if not found:
            return None
        if self.profile.moment == "epoch":
            at = _epoch(found, is_zero_empty=True)
            if at is None and found.strip("0"):
                raise BadRow("moment")
            return at
        try:
            if self.profile.moment == "iso":
                at = dt.datetime.fromisoformat(found)
            else:
                at = dt.datetime.strptime(found, self.profile.moment)  # noqa: DTZ007  # below
            at = at if at.tzinfo else at.replace(tzinfo=self.profile.zone)
            if after is not None and at.astimezone(dt.UTC) < after:
                at = at.replace(fold=1)
            at = at.astimezone(dt.UTC)
        except (ValueError, OverflowError) as error:
            raise BadRow("moment") from error
        if not EARLIEST <= at < LATEST:
            raise BadRow("moment")
        return at

    def number(self, name: str) -> str:
        return _cleaned(self.text(name), self.profile)

    def direction(self, caller: str, called: str) -> str:
        told = self.text("direction")
        if told:
            found = self.profile.directions.get(told, told)
            if found not in ("in", "out"):
                raise NoCall
            return found
        if not self._is_inside(caller):
            return "in"
        if self._is_inside(called):
            raise NoCall  # between two desks of ours
        return "out"

    def _is_inside(self, number: str) -> bool:
        return (
            number.isascii() and number.isdecimal() and len(number) <= self.profile.internal_digits
        )

    def agent(self) -> str:
        found = self.text("agent")
        if self.profile.agent_is_channel:
            return _of_channel(found)
        return _cleaned(found, self.profile)

    def cause(self) -> str:
        found = self.text("cause")
        return self.profile.causes.get(found, found)[:30]

    def seconds(self, name: str) -> int | None:
        return _seconds(self.text(name))


def _holds(conditions: Any, cells: dict[str, str], *, when_empty: bool) -> bool:
    if not conditions:
        return when_empty
    return all(
        bool(cells.get(column, "").strip())
        if values == (ANYTHING,)
        else cells.get(column, "").strip() in values
        for column, values in conditions.items()
    )


def _cleaned(given: str, profile: Profile) -> str:
    found = given.strip()
    if found.lower() in profile.withheld:
        return ""
    for prefix in profile.number_prefixes:
        found = found.removeprefix(prefix)
    return found[:64]


def _of_channel(channel: str) -> str:
    """`PJSIP/5902-0000001a` and `Local/5902@queue` are desk 5902; a plain name stays as it is."""
    _kind, slash, rest = channel.partition("/")
    if not slash:
        return channel[:64]
    for mark in "-@;":
        rest = rest.partition(mark)[0]
    return rest[:64]


def _epoch(text: str, *, is_zero_empty: bool = False) -> dt.datetime | None:
    whole, _dot, _part = text.partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 11):
        return None
    at = dt.datetime.fromtimestamp(int(whole), dt.UTC)
    if is_zero_empty and int(whole) == 0:
        return None
    return at if EARLIEST <= at < LATEST else None


def _seconds(text: str) -> int | None:
    whole = text.partition(".")[0]
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 7):
        return None
    return min(int(whole), LONGEST_WAIT)
