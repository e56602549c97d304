"""Reads what Jira sends us by itself. Both editions, and nothing believed beyond its signature.

Data Center sends a comment twice: with `jira:issue_updated`, and as `comment_created` that names
no issue. It sends no header to know a repetition by, so the event is known by what it says.
"""

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tickets.jira.reading import (
    moment_of,
    moment_of_milliseconds,
    name_of,
    part_of,
    read_json,
)

IDENTIFIER = "x-atlassian-webhook-identifier"
SIGNATURE = "x-hub-signature"
_ISSUE_OF_COMMENT = re.compile(r"/issue/(\d{1,20})/comment/(\d{1,20})/?$")


class EventKind(StrEnum):
    """What happened to an issue, of all that we follow. A new file is an update of the issue."""

    ISSUE_CREATED = "jira:issue_created"
    ISSUE_UPDATED = "jira:issue_updated"
    ISSUE_DELETED = "jira:issue_deleted"
    COMMENT_CREATED = "comment_created"
    COMMENT_UPDATED = "comment_updated"
    COMMENT_DELETED = "comment_deleted"


@dataclass(frozen=True)
class Event:
    """One message of Jira's. It says that something changed; what holds now is asked of Jira."""

    kind: EventKind
    issue_id: str
    issue_key: str  # "" where the message names the issue by id alone
    comment_id: str
    status: str
    category: str  # new, indeterminate, done; "" when not said
    updated: dt.datetime | None  # of the issue; only a newer one is applied
    happened_at: dt.datetime | None
    author: str  # account id (Cloud) or user name (Data Center): our own are passed over
    author_name: str
    dedupe_key: str  # the same for each repetition of the message


def verify_signature(raw: bytes, header: str | None, secret: str) -> bool:
    """Whether whoever holds the secret wrote these very bytes."""
    method, _, given = (header or "").strip().partition("=")
    if not secret or method.lower() != "sha256":
        return False
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode("utf-8", "replace"))


def read_event(raw: bytes, headers: Mapping[str, str]) -> Event | None:
    """The event, or None for what we do not follow or cannot read. Never raises."""
    message = read_json(raw)
    kind = _kind_of(message)
    issue_id, comment_id = _issue_id(message), name_of(message, "comment", "id")
    if kind is None or not issue_id:
        return None
    author = _author(message, kind)
    return Event(
        kind=kind,
        issue_id=issue_id,
        issue_key=name_of(message, "issue", "key"),
        comment_id=comment_id,
        status=name_of(message, "issue", "fields", "status", "name"),
        category=name_of(message, "issue", "fields", "status", "statusCategory", "key"),
        updated=moment_of(message, "issue", "fields", "updated"),
        happened_at=moment_of_milliseconds(message, "timestamp"),
        author=name_of(author, "accountId") or name_of(author, "name"),
        author_name=name_of(author, "displayName"),
        dedupe_key=_dedupe_key(raw, message, headers),
    )


def _kind_of(message: object) -> EventKind | None:
    try:
        return EventKind(name_of(message, "webhookEvent"))
    except ValueError:
        return None


def _issue_id(message: object) -> str:
    """From the issue, or from the address of the comment."""
    found = name_of(message, "issue", "id")
    if found.isascii() and found.isdigit():
        return found
    address = _ISSUE_OF_COMMENT.search(name_of(message, "comment", "self"))
    return address[1] if address else ""


def _author(message: object, kind: EventKind) -> object:
    """Who did it. A comment event of Cloud has no `user`, one of an issue has."""
    comment = part_of(message, "comment")
    last = part_of(comment, "updateAuthor") if kind == EventKind.COMMENT_UPDATED else None
    return last or part_of(message, "user") or part_of(comment, "author")


def _dedupe_key(raw: bytes, message: object, headers: Mapping[str, str]) -> str:
    for name, value in headers.items():
        if name.lower() == IDENTIFIER and value.strip():
            return _digest("identifier", value.strip())
    stamp = name_of(message, "timestamp")
    if not stamp:
        return hashlib.sha256(raw).hexdigest()
    return _digest(
        name_of(message, "webhookEvent"),
        _issue_id(message),
        stamp,
        name_of(message, "changelog", "id"),
        name_of(message, "comment", "id"),
    )


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
