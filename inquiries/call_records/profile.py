"""How the records of one kind of exchange are read, as data.

A layout names our field on the left and the file's column on the right. `a|b` is the first of two
that holds something, `a+b` is both, joined by a hyphen; `a+b|c` is both, or else the third.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

KINDS = ("legs", "queue_log", "events")
FIELDS = frozenset(
    {
        "agent", "answered_at", "call_id", "cause", "direction", "ended_at", "event", "from",
        "leg", "moment", "queue", "rang_at", "recording", "to", "waited",
    }
)  # fmt: skip
# Without these nothing is told of a call.
NEEDED = {"legs": ("call_id", "rang_at"), "events": ("call_id", "event", "moment"), "queue_log": ()}
ANYTHING = "*"
MOST_COLUMNS = 300


class ProfileNotValid(ValueError):
    """The layout cannot be used; the sentence says what is wrong with it."""


@dataclass(frozen=True)
class Profile:
    kind: str  # one row a leg of a call, a log of queue events, or one row an event
    delimiter: str
    header_lines: int  # 0: the columns are named here
    columns: tuple[str, ...]
    fewest_columns: int
    zone: ZoneInfo
    moment: str  # a format of strptime, "iso" or "epoch"
    fields: Mapping[str, str]
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # other rows are no calls
    answered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_answered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of incoming calls
    directions: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    number_prefixes: tuple[str, ...] = ()  # written before a number by the exchange
    withheld: frozenset[str] = frozenset()
    internal_digits: int = 5  # a number so short is a desk of ours
    agent_is_channel: bool = False  # PJSIP/5902-0000001a

    @classmethod
    def of(cls, layout: Any) -> "Profile":
        """Read a layout. Raises ProfileNotValid."""
        if not isinstance(layout, Mapping):
            raise ProfileNotValid("a layout is an object")
        kind, fields = layout.get("kind"), layout.get("fields") or {}
        if not isinstance(kind, str) or kind not in KINDS:
            raise ProfileNotValid(f"kind is one of {', '.join(KINDS)}")
        if not isinstance(fields, Mapping):
            raise ProfileNotValid("fields is an object")
        if unknown := {str(name) for name in fields} - FIELDS:
            raise ProfileNotValid(f"unknown fields: {', '.join(sorted(unknown))}")
        columns = _texts(layout, "columns")
        header = layout.get("header_lines", 0)
        if (
            not isinstance(header, int)
            or header not in (0, 1, 2)
            or (header == 0 and not columns and kind != "queue_log")
        ):
            raise ProfileNotValid("columns are named by the file's first line or by the layout")
        if kind != "queue_log" and "call_id" not in fields:
            raise ProfileNotValid("fields name no call_id")
        return cls(
            kind=kind,
            delimiter=_delimiter(layout),
            header_lines=header,
            columns=columns,
            fewest_columns=_count(layout, "fewest_columns", len(columns)),
            zone=_zone(layout),
            moment=str(layout.get("moment", "iso")),
            fields={str(name): str(column) for name, column in fields.items()},
            keep=_conditions(layout, "keep"),
            answered=_conditions(layout, "answered"),
            not_answered=_conditions(layout, "not_answered"),
            directions=_words(layout, "directions"),
            causes=_words(layout, "causes"),
            number_prefixes=_texts(layout, "number_prefixes"),
            withheld=frozenset(text.lower() for text in _texts(layout, "withheld")),
            internal_digits=_count(layout, "internal_digits", 5),
            agent_is_channel=bool(layout.get("agent_is_channel", False)),
        )

    def is_readable_by(self, named: set[str]) -> bool:
        """Whether a file with these columns says of a row whether it is a call, of which, and when."""
        asked = [self.fields.get(name, "") for name in NEEDED[self.kind]]
        return self.keep.keys() <= named and all(
            any(named.issuperset(column.split("+")) for column in one.split("|")) for one in asked
        )


def _count(layout: Mapping[str, Any], name: str, usual: int) -> int:
    found = layout.get(name, usual)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= MOST_COLUMNS:
        raise ProfileNotValid(f"{name} is a small number")
    return found


def _delimiter(layout: Mapping[str, Any]) -> str:
    delimiter = layout.get("delimiter", ",")
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise ProfileNotValid("the delimiter is one character")
    return delimiter


def _zone(layout: Mapping[str, Any]) -> ZoneInfo:
    try:
        return ZoneInfo(str(layout.get("time_zone", "UTC")))
    except (KeyError, ValueError, OSError) as error:
        raise ProfileNotValid("there is no such time zone") from error


def _texts(layout: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = layout.get(name) or []
    if not isinstance(found, list) or len(found) > MOST_COLUMNS:
        raise ProfileNotValid(f"{name} is a list")
    return tuple(str(text) for text in found)


def _words(layout: Mapping[str, Any], name: str) -> dict[str, str]:
    found = layout.get(name) or {}
    if not isinstance(found, Mapping):
        raise ProfileNotValid(f"{name} is an object")
    return {str(theirs): str(ours) for theirs, ours in found.items()}


def _conditions(layout: Mapping[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    found = layout.get(name) or {}
    if not isinstance(found, Mapping) or not all(isinstance(one, list) for one in found.values()):
        raise ProfileNotValid(f"{name} is an object of lists")
    return {str(column): tuple(str(value) for value in values) for column, values in found.items()}
