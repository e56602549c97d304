"""The messages that a Jira sends by itself when something happened, and the thread that sends them."""

import dataclasses
import hashlib
import heapq
import hmac
import itertools
import json
import threading
import time
import uuid

import httpx

RETRIED = {408, 409, 425, 429, 500, 502, 503, 504}
MOST_RETRIES = 5
NOT_KEPT = httpx.Limits(max_keepalive_connections=0)


@dataclasses.dataclass(order=True)
class Delivery:
    due: float
    number: int
    event: str = dataclasses.field(compare=False)
    raw: bytes = dataclasses.field(compare=False)
    identifier: str = dataclasses.field(compare=False)
    tries: int = dataclasses.field(default=0, compare=False)
    answers: list = dataclasses.field(default_factory=list, compare=False)  # status, 0 for none


class Hooks:
    """Switches, to be set at any time:

    url        where to send; empty sends nothing
    secret     Cloud signs with it
    twice      each message comes two times, as the same one
    swapped    of each two messages the second comes first
    late       seconds before each message
    lost       how many of the next messages are lost
    events     the names subscribed to; None means all
    bare       a very old server: no issue_event_type_name
    retry_after_seconds  pause before Cloud tries again
    """

    def __init__(self, site):
        self.site = site
        self.url = self.secret = ""
        self.twice = self.swapped = self.bare = False
        self.late, self.lost, self.events = 0.0, 0, None
        self.retry_after_seconds = 0.05
        self.sent, self.gone = [], []  # deliveries that came to an end, and messages that were lost
        self._waiting, self._held = [], None
        self._is_busy = self._is_closed = False
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._thread = self._client = None

    # What happened.

    def issue_created(self, issue, by):
        self._issue("jira:issue_created", issue, by, {"issue_event_type_name": "issue_created"})

    def issue_updated(self, issue, by, change, *, event, comment=None):
        said = {"issue_event_type_name": "issue_generic" if self.site.is_cloud else event}
        if change:
            said["changelog"] = {"id": change.id, "items": change.items}
        if comment and self.site.is_cloud:
            return  # Cloud tells of comments by their own events alone
        if comment:
            said["comment"] = self.site.shapes.comment(issue, comment)
        elif not change and self.site.is_cloud:
            said["changelog"] = {"id": self.site.next_id(), "items": []}
        self._issue("jira:issue_updated", issue, by, said)

    def issue_deleted(self, issue, by):
        self._issue("jira:issue_deleted", issue, by, {"issue_event_type_name": "issue_deleted"})

    def comment(self, event, issue, comment):
        said = {"comment": self.site.shapes.comment(issue, comment)}
        if self.site.is_cloud:
            fields = ["summary", "issuetype", "project", "assignee", "priority", "status"]
            said["issue"] = self._shown(issue, fields)
        self._send(event, said)

    def attachment_created(self, issue, attachment):
        self._send("attachment_created", {"attachment": self.site.shapes.attachment(attachment)})

    def _issue(self, event, issue, by, said):
        said = {"user": self.site.shapes.person(by), "issue": self._shown(issue, ["*all"])} | said
        fields = said["issue"]["fields"]
        if self.site.is_cloud:
            del fields["comment"]
        else:
            fields["worklog"] = {"worklogs": [], "maxResults": 20, "total": 0, "startAt": 0}
        if self.bare:
            del said["issue_event_type_name"]
        self._send(event, said)

    def _shown(self, issue, wanted):
        shown = self.site.shapes.issue(issue, wanted=wanted)
        return {name: shown[name] for name in ("id", "self", "key", "fields")}

    # How it is told.

    def _send(self, event, said):
        if not self.url or (self.events is not None and event not in self.events):
            return
        at = int(self.site.now().timestamp() * 1000)
        raw = json.dumps({"timestamp": at, "webhookEvent": event} | said).encode()
        delivery = Delivery(
            time.monotonic() + self.late, next(self._numbers), event, raw, str(uuid.uuid4())
        )
        with self._changed:
            if self.lost:
                self.lost -= 1
                self.gone.append(delivery)
                return
            self._put(delivery)
            if self.twice:
                self._put(dataclasses.replace(delivery, number=next(self._numbers), answers=[]))
            self._begin()

    def _put(self, delivery):
        if self.swapped and self._held is None:
            self._held = delivery
            return
        heapq.heappush(self._waiting, delivery)
        if self._held is not None:
            self._held.number = next(self._numbers)
            self._held.due = max(self._held.due, delivery.due)
            heapq.heappush(self._waiting, self._held)
            self._held = None
        self._changed.notify_all()

    def _begin(self):
        if self._thread is None:
            self._client = httpx.Client(timeout=10, trust_env=False, limits=NOT_KEPT)
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def _run(self):
        while True:
            with self._changed:
                while not self._waiting or self._waiting[0].due > time.monotonic():
                    if self._is_closed:
                        return
                    left = self._waiting[0].due - time.monotonic() if self._waiting else None
                    self._changed.wait(left)
                delivery, self._is_busy = heapq.heappop(self._waiting), True
            self._deliver(delivery)
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()

    def _deliver(self, delivery):
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Atlassian Webhook",
        }
        if self.site.is_cloud:
            headers |= self._cloud_headers(delivery)
        try:
            answer = self._client.post(self.url, content=delivery.raw, headers=headers)
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        delivery.answers.append(status)
        retried = self.site.is_cloud and (status in RETRIED or not status)
        with self._changed:
            if retried and delivery.tries < MOST_RETRIES:
                delivery.tries += 1
                delivery.due = time.monotonic() + self.retry_after_seconds
                heapq.heappush(self._waiting, delivery)
            else:
                self.sent.append(delivery)

    def _cloud_headers(self, delivery):
        headers = {
            "x-atlassian-webhook-identifier": delivery.identifier,
            "x-atlassian-webhook-flow": "Primary",
            "x-atlassian-webhook-trace": uuid.uuid4().hex,
        }
        if delivery.tries:
            headers["x-atlassian-webhook-retry"] = str(delivery.tries)
        if self.secret:
            digest = hmac.new(self.secret.encode(), delivery.raw, hashlib.sha256).hexdigest()
            headers["x-hub-signature"] = f"sha256={digest}"
        return headers

    def close(self):
        with self._changed:
            self._is_closed, self._waiting = True, []
            self._changed.notify_all()

    def settle(self, seconds=10):
        """Wait until all that happened has been told; what was held back for a swap goes out alone."""
        ends = time.monotonic() + seconds
        with self._changed:
            if self._held is not None:
                heapq.heappush(self._waiting, self._held)
                self._held = None
                self._changed.notify_all()
            while self._waiting or self._is_busy:
                left = ends - time.monotonic()
                if left <= 0:
                    raise TimeoutError("webhooks are still on their way")
                self._changed.wait(left)
