"""What happened to a ticket, as far as its clocks are concerned."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Happening(StrEnum):
    RAISED = "raised"  # handed to a group of tier II; again, when it was sent back
    REACTED = "reacted"  # tier II's own sign of work
    UPDATED = "updated"  # a word from tier II that the responsible or the client can use
    ASKED_CLIENT = "asked_client"  # from now on we wait for the client
    CLIENT_ANSWERED = "client_answered"
    RESOLVED = "resolved"  # tier II gave the solution
    DELIVERED = "delivered"  # the client was told
    REOPENED = "reopened"
    REGROUPED = "regrouped"  # another group, another urgency, or both
    CLOSED = "closed"
    REJECTED = "rejected"  # tier II sent it back
    HELD = "held"  # merged into another, where it goes on
    RELEASED = "released"  # the merge was undone


class StoryNotUnderstood(ValueError):
    """The moments cannot have happened so."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. Without a group or an urgency: as before."""

    what: Happening
    at: dt.datetime
    group: str = ""
    urgency: str = ""


def to_the_second(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise StoryNotUnderstood(f"{at} has no time zone")
    return at.astimezone(dt.UTC).replace(microsecond=0)


def in_order(story: Sequence[Moment]) -> Iterator[tuple[dt.datetime, Moment]]:
    """Yield the moments with their second in UTC, and refuse a story that cannot be."""
    before = None
    for moment in story:
        at = to_the_second(moment.at)
        if before is None and not (moment.what == Happening.RAISED and moment.group):
            raise StoryNotUnderstood("a story begins when the ticket is raised to a group")
        if before is not None and at < before:
            raise StoryNotUnderstood(f"{moment.what} at {at} stands after {before}")
        before = at
        yield at, moment
