"""The Jira itself: what it holds, and what happens in it. Tests act here as tier II does in its window."""

import copy
import dataclasses
import datetime as dt
import itertools
import threading
from zoneinfo import ZoneInfo

from tests.standins.jira import world
from tests.standins.jira.faults import Faults
from tests.standins.jira.hooks import Hooks
from tests.standins.jira.shapes import Shapes
from tests.standins.jira.words import Text, typed

ZONE = ZoneInfo("Europe/Tallinn")


@dataclasses.dataclass
class Comment:
    id: str
    author: world.Person
    text: Text
    created: dt.datetime
    updated: dt.datetime
    updated_by: world.Person
    visibility: dict | None = None
    is_public: bool = True
    properties: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Attachment:
    id: str
    name: str
    content: bytes
    kind: str
    author: world.Person
    created: dt.datetime


@dataclasses.dataclass
class Change:
    id: str
    author: world.Person
    created: dt.datetime
    items: list


@dataclasses.dataclass
class Issue:
    id: str
    key: str
    project: world.Project
    type: str
    status: world.Status
    summary: str
    reporter: world.Person
    created: dt.datetime
    updated: dt.datetime
    description: Text | None = None
    priority: str = "Medium"
    labels: list = dataclasses.field(default_factory=list)
    components: list = dataclasses.field(default_factory=list)
    due_on: str | None = None
    assignee: world.Person | None = None
    resolution: str | None = None
    resolved_at: dt.datetime | None = None
    custom: dict = dataclasses.field(default_factory=dict)
    old_keys: list = dataclasses.field(default_factory=list)
    comments: list = dataclasses.field(default_factory=list)
    attachments: list = dataclasses.field(default_factory=list)
    links: dict = dataclasses.field(default_factory=dict)  # globalId → (id, object)
    properties: dict = dataclasses.field(default_factory=dict)
    watchers: list = dataclasses.field(default_factory=list)
    changes: list = dataclasses.field(default_factory=list)


class Site:
    """One Jira. Every method may be called from any thread."""

    def __init__(self, edition=world.DATA_CENTER):
        self.edition, self.is_cloud = edition, edition == world.CLOUD
        self.lock = threading.RLock()
        self.people = world.usual_people()
        self.bot, self.mart, self.liis = (self.people[name] for name in ("bot", "mart", "liis"))
        self.tokens = {"test-token": self.bot, "tier-two": self.mart}  # token → whose
        self.expired = set()
        self.statuses, self.workflow = world.usual_statuses(), world.usual_workflow()
        self.projects, self.fields = world.usual_projects(), world.usual_fields()
        self.largest_file = 10_000_000
        self.issues, self.index, self.is_lagging = {}, {}, False
        self.faults, self.hooks, self.shapes = Faults(), Hooks(self), Shapes(self)
        self.asked = []  # (method, path) of every request
        self.connections = self.given = (
            0  # opened by clients; bytes of a giant answer that were taken
        )
        self.address = ""
        self._numbers = itertools.count(10000)
        self._last = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

    # What a Jira does by itself.

    def now(self):
        """Each moment is later than the one before, so that order can be told."""
        with self.lock:
            moment = dt.datetime.now(dt.UTC)
            moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
            self._last = max(moment, self._last + dt.timedelta(milliseconds=1))
            return self._last

    def next_id(self):
        with self.lock:
            return str(next(self._numbers))

    def find(self, id_or_key):
        """By id, by key, or by a key it had before it was moved."""
        if id_or_key in self.issues:
            return self.issues[id_or_key]
        for issue in self.issues.values():
            if id_or_key == issue.id or id_or_key.upper() in (issue.key, *issue.old_keys):
                return issue
        raise KeyError(id_or_key)

    def status_named(self, name):
        return next(one for one in self.statuses if one.name == name)

    def reindex(self, issue):
        """What the search knows; in Cloud it may be late."""
        if not self.is_lagging:
            self.index[issue.id] = copy.copy(issue)
            self.index[issue.id].labels = list(issue.labels)

    def lag(self):
        """From now on the search does not notice what happens, as in Cloud for a while."""
        self.is_lagging = True

    def catch_up(self):
        with self.lock:
            self.is_lagging = False
            self.index = {}
            for issue in self.issues.values():
                self.reindex(issue)

    def add(self, issue, by):
        with self.lock:
            self.issues[issue.id] = issue
            self.reindex(issue)
            self.hooks.issue_created(issue, by)

    def note(self, issue, by, items, *, event="issue_generic", comment=None):
        """Something of the issue changed: its moment, its history, the search and the webhooks know."""
        issue.updated = self.now()
        change = None
        if items:
            change = Change(self.next_id(), by, issue.updated, items)
            issue.changes.append(change)
        self.reindex(issue)
        self.hooks.issue_updated(issue, by, change, event=event, comment=comment)

    # What people do in it.

    def raise_issue(self, summary, *, project="KLT", by=None, text="", **facts):
        with self.lock:
            at, project = self.now(), self.projects[project]
            issue = Issue(
                id=self.next_id(),
                key=project.next_key(),
                project=project,
                type=facts.pop("type", "Task"),
                status=self.statuses[0],
                summary=summary,
                reporter=by or self.bot,
                created=at,
                updated=at,
                description=typed(text) if text else None,
                **facts,
            )
            self.add(issue, by or self.bot)
            return issue

    def comment(self, id_or_key, text, *, by=None, visibility=None, is_public=True, properties=()):
        """`text` is what somebody typed, or a Text that came by the API."""
        with self.lock:
            issue, at, by = self.find(id_or_key), self.now(), by or self.mart
            text = text if isinstance(text, Text) else typed(text)
            comment = Comment(self.next_id(), by, text, at, at, by, visibility, is_public)
            comment.properties = list(properties)
            issue.comments.append(comment)
            self.note(issue, by, [], event="issue_commented", comment=comment)
            self.hooks.comment("comment_created", issue, comment)
            return comment

    def edit_comment(self, id_or_key, comment_id, text, *, by=None):
        with self.lock:
            issue, by = self.find(id_or_key), by or self.mart
            comment = next(one for one in issue.comments if one.id == comment_id)
            comment.text = text if isinstance(text, Text) else typed(text)
            comment.updated, comment.updated_by = self.now(), by
            self.note(issue, by, [], event="issue_comment_edited", comment=comment)
            self.hooks.comment("comment_updated", issue, comment)
            return comment

    def delete_comment(self, id_or_key, comment_id, *, by=None):
        with self.lock:
            issue = self.find(id_or_key)
            comment = next(one for one in issue.comments if one.id == comment_id)
            issue.comments.remove(comment)
            self.note(issue, by or self.mart, [], event="issue_comment_deleted")
            self.hooks.comment("comment_deleted", issue, comment)

    def set_status(self, id_or_key, name, *, by=None, resolution=None):
        """To any status, as an administrator may. A status in `done` gets a resolution."""
        with self.lock:
            issue, status = self.find(id_or_key), self.status_named(name)
            items = []
            wanted = resolution or ("Done" if status.category == "done" else None)
            if wanted != issue.resolution:
                items.append(self.item("resolution", issue.resolution, wanted, world.RESOLUTIONS))
                issue.resolution = wanted
                issue.resolved_at = self.now() if wanted else None
            items.append(self.shapes.item("status", issue.status, status))
            was, issue.status = issue.status, status
            event = {"done": "issue_resolved"}.get(status.category, "issue_generic")
            if was.category == "done" and status.category != "done":
                event = "issue_reopened"
            self.note(issue, by or self.mart, items, event=event)

    def item(self, field, before, after, ids):
        return self.shapes.plain_item(field, ids.get(before), before, ids.get(after), after)

    def assign(self, id_or_key, person, *, by=None):
        with self.lock:
            issue = self.find(id_or_key)
            before, after = self.shapes.account(issue.assignee), self.shapes.account(person)
            items = []
            if before != after:
                shown = [one.display if one else None for one in (issue.assignee, person)]
                items = [self.shapes.plain_item("assignee", before, shown[0], after, shown[1])]
            issue.assignee = person
            self.note(issue, by or self.mart, items, event="issue_assigned")

    def move(self, id_or_key, project, *, by=None):
        """To another project: the key changes, the id does not, the old key goes on leading here."""
        with self.lock:
            issue, target = self.find(id_or_key), self.projects[project]
            issue.old_keys.append(issue.key)
            items = [
                self.shapes.plain_item(
                    "project", issue.project.id, issue.project.name, target.id, target.name
                )
            ]
            issue.project, issue.key = target, target.next_key()
            items.append(self.shapes.plain_item("Key", None, issue.old_keys[-1], None, issue.key))
            self.note(issue, by or self.mart, items, event="issue_moved")

    def delete(self, id_or_key, *, by=None):
        with self.lock:
            issue = self.find(id_or_key)
            del self.issues[issue.id]
            if not self.is_lagging:
                self.index.pop(issue.id, None)
            self.hooks.issue_deleted(issue, by or self.mart)

    def attach(self, id_or_key, name, content, *, kind="application/octet-stream", by=None):
        with self.lock:
            issue, by = self.find(id_or_key), by or self.mart
            attachment = Attachment(self.next_id(), name, content, kind, by, self.now())
            issue.attachments.append(attachment)
            items = [self.shapes.plain_item("Attachment", None, None, attachment.id, name)]
            self.note(issue, by, items)
            self.hooks.attachment_created(issue, attachment)
            return attachment

    def add_status(self, name, category):
        """A status that nobody told us of."""
        with self.lock:
            self.statuses.append(world.Status(self.next_id(), name, category))
            self.workflow.append(world.Transition(self.next_id(), f"To {name}", name))

    def expire(self, token):
        self.expired.add(token)
