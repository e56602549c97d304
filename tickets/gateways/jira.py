"""Jira, where tier II works: Data Center (v2, a personal token) or Cloud (v3, e-mail and token).

Texts go in and come out plain; which markup they have there is this module's affair. Nothing is
tried twice here: each failure is one `JiraFailure` that says whether the call may have happened.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from tickets.gateways.jira_answers import (
    ISSUE_FIELDS,
    Attachment,
    Comment,
    CreatedIssue,
    Issue,
    NotAsExpected,
    Person,
    ServerInfo,
    Transition,
    attachment_of,
    comment_of,
    created_issue_of,
    issue_of,
    person_of,
    server_info_of,
    transition_of,
)
from tickets.gateways.jira_failures import JiraFailure, Outcome, Trouble
from tickets.gateways.jira_requests import Edition, JiraSite, NewIssue, RemoteLink
from tickets.gateways.jira_wire import Wire
from tickets.jira.adf import adf_from_text
from tickets.jira.reading import part_of
from tickets.jira.wiki import escape_wiki

PAGE_SIZE = 50
MOST_PAGES = 400  # who answers with more pages than this never ends
T = TypeVar("T")


class JiraClient:
    """Speaks with one Jira as one account. Any call may raise JiraFailure, and nothing else."""

    def __init__(self, site: JiraSite) -> None:
        self.site = site
        self.is_cloud = site.edition == Edition.CLOUD
        self._api = "/rest/api/3" if self.is_cloud else "/rest/api/2"
        self._wire = Wire(
            site.url,
            authorization=site.authorization(),
            timeout=site.timeout,
            ca_file=site.ca_file,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()

    def server_info(self) -> ServerInfo:
        """Which Jira answers there; both editions do at this address, also when we chose wrongly."""
        answer = self._wire.ask("GET", "/rest/api/2/serverInfo", repeatable=True)
        return _read(server_info_of, answer)

    def who_am_i(self) -> Person:
        """The account that we are there: its own comments and changes are no news to us."""
        return _read(person_of, self._get("/myself"))

    def create_issue(self, new: NewIssue) -> CreatedIssue:
        """Not repeatable: when the outcome is unknown, look with `find_by_label` first."""
        answer = self._post("/issue", json=new.as_json(self._body))
        return _read(created_issue_of, answer, Outcome.UNKNOWN)

    def find_by_label(self, label: str) -> tuple[Issue, ...]:
        """Issues with the label. Cloud may not yet find what was created a moment ago."""
        return tuple(self._search(f"labels = {_quoted(label)} ORDER BY created ASC"))

    def read_issue(self, id_or_key: str) -> Issue:
        return _read(issue_of, self._get(_path(id_or_key), fields=",".join(ISSUE_FIELDS)))

    def add_comment(self, id_or_key: str, text: str) -> Comment:
        answer = self._post(_path(id_or_key, "comment"), json={"body": self._body(text)})
        return _read(comment_of, answer, Outcome.UNKNOWN)

    def list_comments(self, id_or_key: str) -> tuple[Comment, ...]:
        """All of them, the oldest first."""
        pages = self._pages(_path(id_or_key, "comment"), "comments", orderBy="created")
        return tuple(_read(comment_of, one) for page in pages for one in page)

    def attach(self, id_or_key: str, *, name: str, content: bytes, content_type: str) -> Attachment:
        """Not repeatable: when the outcome is unknown, look with `list_attachments` first."""
        answer = self._post(
            _path(id_or_key, "attachments"),
            files={"file": (name, content, content_type)},
            headers={"X-Atlassian-Token": "no-check"},
        )
        first = answer[0] if isinstance(answer, list) and answer else None
        return _read(attachment_of, first, Outcome.UNKNOWN)

    def list_attachments(self, id_or_key: str) -> tuple[Attachment, ...]:
        fields = part_of(self._get(_path(id_or_key), fields="attachment"), "fields")
        if isinstance(fields, Mapping) and "attachment" not in fields:
            return ()  # that Jira keeps no files
        return tuple(_read(attachment_of, one) for one in _list(fields, "attachment"))

    def transitions(self, id_or_key: str) -> tuple[Transition, ...]:
        """The moves that are allowed now. Their ids differ by project and by status."""
        answer = self._get(_path(id_or_key, "transitions"), expand="transitions.fields")
        return tuple(_read(transition_of, one) for one in _list(answer, "transitions"))

    def transition(
        self, id_or_key: str, transition_id: str, *, resolution: str = "", comment: str = ""
    ) -> None:
        """Not repeatable: when the outcome is unknown, read the issue first."""
        words: dict[str, Any] = {"transition": {"id": transition_id}}
        if resolution:
            words["fields"] = {"resolution": {"name": resolution}}
        if comment:
            words["update"] = {"comment": [{"add": {"body": self._body(comment)}}]}
        self._post(_path(id_or_key, "transitions"), json=words)

    def put_remote_link(self, id_or_key: str, link: RemoteLink) -> None:
        """Repeatable by nature: a link with the same global id is overwritten."""
        self._post(_path(id_or_key, "remotelink"), repeatable=True, json=link.as_json())

    def issues_updated_since(
        self, project_keys: Sequence[str], *, since: dt.datetime, now: dt.datetime
    ) -> Iterator[Issue]:
        """Issues of the projects that changed, the latest change first, page by page.

        Asked for as «so many minutes ago»: a moment would be read in the account's time zone.
        What changes while we read moves to the front, so that nothing behind it is passed over.
        """
        if not project_keys:
            return
        minutes = max(1, math.ceil((now - since).total_seconds() / 60))
        projects = ", ".join(_quoted(key) for key in project_keys)
        yield from self._search(
            f"project in ({projects}) AND updated >= -{minutes}m ORDER BY updated DESC"
        )

    def issues_of(self, ids: Sequence[str]) -> Iterator[Issue]:
        """These issues as the search knows them; what is not there, or is hidden from us, is left out."""
        for start in range(0, len(ids), PAGE_SIZE):
            named = ", ".join(_quoted(one) for one in ids[start : start + PAGE_SIZE])
            # Data Center refuses a question with an id that does not exist, unless told not to look.
            yield from self._search(f"id in ({named}) ORDER BY id ASC", validateQuery="false")

    def _search(self, jql: str, **more: str) -> Iterator[Issue]:
        if self.is_cloud:
            pages = self._pages_by_token(jql)
        else:
            fields = ",".join(ISSUE_FIELDS)
            pages = self._pages("/search", "issues", jql=jql, fields=fields, **more)
        seen: set[str] = set()
        for page in pages:
            for issue in (_read(issue_of, one) for one in page):
                if issue.id not in seen:
                    seen.add(issue.id)
                    yield issue

    def _pages_by_token(self, jql: str) -> Iterator[list[object]]:
        """Cloud: the last page has no token; what `isLast` says is not relied upon."""
        words: dict[str, Any] = {"jql": jql, "maxResults": PAGE_SIZE, "fields": list(ISSUE_FIELDS)}
        for _page in range(MOST_PAGES):
            answer = self._post("/search/jql", repeatable=True, json=words)
            yield _list(answer, "issues")
            token = part_of(answer, "nextPageToken")
            if not isinstance(token, str) or token in ("", words.get("nextPageToken")):
                return
            words["nextPageToken"] = token

    def _pages(self, path: str, name: str, **params: str) -> Iterator[list[object]]:
        start = 0
        for _page in range(MOST_PAGES):
            answer = self._get(path, startAt=str(start), maxResults=str(PAGE_SIZE), **params)
            found = _list(answer, name)
            yield found
            start += len(found)
            total = part_of(answer, "total")
            if not found or (isinstance(total, int) and start >= total):
                return

    def _body(self, text: str) -> object:
        return adf_from_text(text) if self.is_cloud else escape_wiki(text)

    def _get(self, path: str, **params: str) -> object:
        return self._wire.ask("GET", self._api + path, repeatable=True, params=params)

    def _post(self, path: str, *, repeatable: bool = False, **words: Any) -> object:
        return self._wire.ask("POST", self._api + path, repeatable=repeatable, **words)


def _read(read: Callable[[object], T], tree: object, lost: Outcome = Outcome.RETRY) -> T:
    try:
        return read(tree)
    except NotAsExpected as error:
        raise JiraFailure(Trouble.UNREADABLE, lost) from error


def _list(tree: object, name: str) -> list[object]:
    """No list is not an empty list: who looks whether something is there must not be misled."""
    found = part_of(tree, name)
    if not isinstance(found, list):
        raise JiraFailure(Trouble.UNREADABLE, Outcome.RETRY)
    return found


def _path(id_or_key: str, *more: str) -> str:
    return "/".join(["/issue", quote(id_or_key, safe=""), *more])


def _quoted(text: str) -> str:
    """A word of the query language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


__all__ = [
    "Attachment",
    "Comment",
    "CreatedIssue",
    "Edition",
    "Issue",
    "JiraClient",
    "JiraFailure",
    "JiraSite",
    "NewIssue",
    "Outcome",
    "Person",
    "RemoteLink",
    "ServerInfo",
    "Transition",
    "Trouble",
]
