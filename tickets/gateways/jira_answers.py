"""What Jira answers, as things of ours. Identity must be there; all else may be missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tickets.jira.adf import text_from_adf
from tickets.jira.reading import list_of, moment_of, name_of, part_of, text_of
from tickets.jira.wiki import text_from_wiki

ISSUE_FIELDS = ("summary", "status", "resolution", "assignee", "updated", "labels")


class NotAsExpected(Exception):
    """The answer lacks what makes it the thing that was asked for."""


@dataclass(frozen=True)
class ServerInfo:
    title: str
    version: str
    is_cloud: bool
    base_url: str


@dataclass(frozen=True)
class Person:
    """Somebody in Jira: `account` is the account id (Cloud) or the user name (Data Center)."""

    account: str
    name: str
    email: str


@dataclass(frozen=True)
class CreatedIssue:
    id: str
    key: str


@dataclass(frozen=True)
class Issue:
    """An issue as it is now. Its id never changes; its key does when it is moved."""

    id: str
    key: str
    summary: str
    status: str
    category: str  # new, indeterminate, done; "" when not said
    resolution: str
    updated: dt.datetime | None
    assignee: str  # the name to show, "" when nobody
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    id: str
    text: str  # plain, whatever markup it was written in
    author: str  # account, as in Person
    author_name: str
    created: dt.datetime | None
    updated: dt.datetime | None
    is_restricted: bool  # for a role or group of theirs alone, or internal in a service desk


@dataclass(frozen=True)
class Attachment:
    id: str
    name: str
    size: int
    content_type: str
    author: str
    created: dt.datetime | None
    url: str


@dataclass(frozen=True)
class Transition:
    """A move that the issue's workflow allows now."""

    id: str
    name: str
    to_status: str
    to_category: str
    required_fields: tuple[str, ...]


def _identified(tree: object, *names: str) -> list[str]:
    found = [name_of(tree, name) for name in names]
    if not all(found):
        raise NotAsExpected
    return found


def server_info_of(tree: object) -> ServerInfo:
    (version,) = _identified(tree, "version")
    return ServerInfo(
        title=name_of(tree, "serverTitle"),
        version=version,
        is_cloud=name_of(tree, "deploymentType").lower() == "cloud",
        base_url=name_of(tree, "baseUrl"),
    )


def account_of(tree: object) -> str:
    return name_of(tree, "accountId") or name_of(tree, "name")


def person_of(tree: object) -> Person:
    account = account_of(tree)
    if not account:
        raise NotAsExpected
    return Person(account, name_of(tree, "displayName"), name_of(tree, "emailAddress"))


def created_issue_of(tree: object) -> CreatedIssue:
    return CreatedIssue(*_identified(tree, "id", "key"))


def issue_of(tree: object) -> Issue:
    issue_id, key = _identified(tree, "id", "key")
    fields = part_of(tree, "fields")
    return Issue(
        id=issue_id,
        key=key,
        summary=name_of(fields, "summary"),
        status=name_of(fields, "status", "name"),
        category=name_of(fields, "status", "statusCategory", "key"),
        resolution=name_of(fields, "resolution", "name"),
        updated=moment_of(fields, "updated"),
        assignee=name_of(fields, "assignee", "displayName")
        or account_of(part_of(fields, "assignee")),
        labels=tuple(one for one in list_of(fields, "labels") if isinstance(one, str)),
    )


def comment_of(tree: object) -> Comment:
    (comment_id,) = _identified(tree, "id")
    body = part_of(tree, "body")
    is_internal = part_of(tree, "jsdPublic") is False
    return Comment(
        id=comment_id,
        text=text_from_wiki(body) if isinstance(body, str) else text_from_adf(body),
        author=account_of(part_of(tree, "author")),
        author_name=name_of(tree, "author", "displayName"),
        created=moment_of(tree, "created"),
        updated=moment_of(tree, "updated"),
        is_restricted=is_internal or isinstance(part_of(tree, "visibility"), Mapping),
    )


def attachment_of(tree: object) -> Attachment:
    (attachment_id,) = _identified(tree, "id")
    size = part_of(tree, "size")
    return Attachment(
        id=attachment_id,
        name=name_of(tree, "filename"),
        size=size if isinstance(size, int) and 0 <= size < 2**63 else 0,
        content_type=name_of(tree, "mimeType"),
        author=account_of(part_of(tree, "author")),
        created=moment_of(tree, "created"),
        url=text_of(tree, "content", longest=2000),
    )


def transition_of(tree: object) -> Transition:
    (transition_id,) = _identified(tree, "id")
    fields = part_of(tree, "fields")
    required = [
        name_of({"name": name}, "name")
        for name, field in (fields.items() if isinstance(fields, Mapping) else ())
        if part_of(field, "required") is True
    ]
    return Transition(
        id=transition_id,
        name=name_of(tree, "name"),
        to_status=name_of(tree, "to", "name"),
        to_category=name_of(tree, "to", "statusCategory", "key"),
        required_fields=tuple(required),
    )
