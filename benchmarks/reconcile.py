"""Reconciling with Jira: the stand-in on a real socket, in a process of its own, knows every linked ticket."""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from benchmarks.tickets_filled import JIRA
from tickets import actions
from tickets.choices import CommentSource
from tickets.models import JiraLink, JiraSite, StepDone, Ticket, TicketComment, TicketEvent
from tickets.states import LinkState, TicketState

ROOT = Path(__file__).resolve().parent.parent
CHANGED, QUIET, FORGOTTEN = (
    "tickets: reconcile, each changed",
    "tickets: reconcile, nothing changed",
    "tickets: reconcile, none looked at for a day",
)
LIMIT, REPEATED = 60, 3


def measured(engine: str, only: str) -> list[dict]:
    if not any(only in name for name in (CHANGED, QUIET, FORGOTTEN)):
        return []
    links = list(JiraLink.objects.filter(project__group__code=JIRA).order_by("pk"))
    with standin(len(links)) as tell:
        _begin_anew(links, tell)
        tell("change")
        rows = [_row(CHANGED, engine, [_pass()], len(links))]
        rows.append(_row(QUIET, engine, [_pass() for _ in range(REPEATED)], len(links)))
        tell("age")
        JiraLink.objects.filter(project__group__code=JIRA).update(
            looked_at=timezone.now() - dt.timedelta(days=2)
        )
        rows.append(_row(FORGOTTEN, engine, [_pass()], len(links)))
    return rows


@contextmanager
def standin(count: int) -> Iterator[Any]:
    command = [sys.executable, "-m", "benchmarks.reconcile_standin", str(count)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def tell(word: str) -> Any:
        process.stdin.write(f"{word}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield tell
    finally:
        process.terminate()
        process.wait()


def _begin_anew(links: list[JiraLink], tell: Any) -> None:
    """Every linked ticket in progress and known to that Jira, nothing heard of it yet."""
    told, now = tell("begin"), timezone.now()
    keys = [link.ticket_id for link in links]
    tickets = Ticket.objects.filter(pk__in=keys)
    TicketComment.objects.filter(ticket__in=keys, source=CommentSource.JIRA).delete()
    TicketEvent.objects.filter(ticket__in=keys, by=None).delete()
    StepDone.objects.filter(ticket__in=keys).delete()
    tickets.update(
        state=TicketState.IN_PROGRESS,
        state_since=F("raised_at"),
        link_state=LinkState.LINKED,
        resolved_at=None,
        solution="",
    )
    for link, (issue_id, issue_key) in zip(links, told["issues"], strict=True):
        link.issue_id, link.issue_key, link.status = issue_id, issue_key, told["status"]
        link.updated_at, link.looked_at = dt.datetime.fromisoformat(told["at"]), now
    JiraLink.objects.bulk_update(
        links, ["issue_id", "issue_key", "status", "updated_at", "looked_at"], batch_size=1000
    )
    JiraSite.objects.filter(code=JIRA.lower()).update(
        address=told["address"], is_active=True, own_identity="", reconciled_at=None, problem=""
    )


class _Seen:
    """Counts queries; Django's own list forgets those before the last nine thousand."""

    count = 0

    def __call__(self, execute: Any, *words: Any) -> Any:
        self.count += 1
        return execute(*words)


def _pass() -> tuple[float, int, int]:
    """One turn of the job: seconds, tickets that changed, queries."""
    JiraSite.objects.update(tried_at=None)
    seen = _Seen()
    with connection.execute_wrapper(seen):
        began = time.perf_counter()
        count = actions.reconcile_jira(at=timezone.now())
        seconds = time.perf_counter() - began
    problem = JiraSite.objects.get(code=JIRA.lower()).problem
    if problem:
        raise RuntimeError(problem)
    return seconds, count, seen.count


def _row(name: str, engine: str, passes: list[tuple[float, int, int]], links: int) -> dict:
    took = sorted(seconds for seconds, _count, _queries in passes)
    _seconds, count, queries = passes[-1]
    print(f"  {name}: {took[-1]:.1f} s, {count} changed, {queries} queries", flush=True)
    return {
        "name": name,
        "engine": engine,
        "rows": f"{links:,}",
        "median": round(took[len(took) // 2], 1),
        "p95": round(took[-1], 1),
        "best": round(took[0], 1),
        "limit": LIMIT,
        "unit": "s",
        "queries": queries,
        "worst": f"{count} changed",
    }
