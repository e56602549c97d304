"""A worker killed at any moment while Jira fails in every way: one issue a ticket, every word once."""

import multiprocessing
import os
import random
import signal
import threading
import time

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.tickets.jira import hand
from tests.tickets.jira.outbox import SECRET, fresh, handed_over, issues, jira_site, said
from tickets import actions
from tickets.jira.marker import label_of
from tickets.models import JiraCall, JiraSite, Ticket, TicketComment

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.tickets.jira.hand"])
NAMES = ("JIRA_SEARCH_LAG_SECONDS", "JIRA_LEASE_SECONDS", "JIRA_PAUSES_SECONDS")
MOST_KILLS = 400
SIZES = [
    pytest.param(6, 2, 0, (0.4, 1.2), id="short"),
    pytest.param(
        500, 40, 0.9, (1.5, 5.0), id="long", marks=[pytest.mark.long, pytest.mark.timeout(3600)]
    ),
]


def spoil(jira, chance, is_over):
    """Something goes wrong every now and then, before or after the deed."""
    kinds = [
        lambda: jira.faults.drop(done=True, method="POST", path="/issue"),
        lambda: jira.faults.drop(done=True, method="POST", path="/comment"),
        lambda: jira.faults.drop(done=True, method="POST", path="/remotelink"),
        lambda: jira.faults.drop(done=False, method="POST", path="/issue"),
        lambda: jira.faults.busy(retry_after="0"),
        lambda: jira.faults.bad_gateway(done=True, method="POST"),
        lambda: jira.faults.bad_gateway(),
        lambda: jira.faults.cut(),
    ]
    while not is_over.is_set():
        waiting = len(jira.faults.waiting)  # a worker that only begins is not to find a heap
        if not waiting or chance.random() < 1 / waiting:
            chance.choice(kinds)()
        time.sleep(0.05)


def solve(jira, chance, is_over):
    """Tier II at its window: takes, answers and solves what it finds."""
    while not is_over.is_set():
        for issue in issues(jira):
            if issue.status.category == "done" or chance.random() < 0.5:
                continue
            jira.set_status(issue.id, "In Progress", by=jira.mart)
            jira.comment(issue.id, f"Lahendatud: {issue.key}", by=jira.mart)
            jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")
        time.sleep(0.1)


def killed_again_and_again(times, chance, settings, *, life, is_enough):
    """So many workers at least, and on until enough has been done while everything breaks."""
    changed = {name: getattr(settings, name) for name in NAMES}
    database = str(connection.settings_dict["NAME"])
    count = 0
    while count < times or not (is_enough() or count == MOST_KILLS):
        count += 1
        worker = CLEAN.Process(target=hand.work, args=(database,), kwargs=changed)
        worker.start()
        time.sleep(chance.uniform(*life))
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(10)
    return count


def share_solved():
    return Ticket.objects.filter(state="resolved").count() / Ticket.objects.count()


def until_all_is_done(jira, seconds):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        now = timezone.now()
        actions.sweep_jira_calls(at=now)
        jira.hooks.settle(60)
        actions.sweep_webhooks(at=now)
        JiraSite.objects.update(tried_at=None)
        actions.reconcile_jira(at=now)
        is_solved = not Ticket.objects.exclude(state="resolved").exists()
        if is_solved and not JiraCall.objects.filter(state="owed").exists():
            return
        time.sleep(0.1)
    left = JiraCall.objects.filter(state="owed").values("kind", "error", "attempts")
    raise TimeoutError([*left, *Ticket.objects.exclude(state="resolved").values("state")])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("count", "kills", "enough", "life"), SIZES)
def test_each_ticket_has_one_issue_equal_state_and_every_word_once(
    jira, live_server, settings, count, kills, enough, life
):
    settings.JIRA_SEARCH_LAG_SECONDS, settings.JIRA_LEASE_SECONDS = 0, 2
    settings.JIRA_PAUSES_SECONDS = [0, 1]
    jira_site(jira)
    names = ["kea"] if jira.is_cloud else ["kea", SECRET]
    route = "tickets:jira_webhook" if jira.is_cloud else "tickets:jira_webhook_of"
    jira.hooks.url, jira.hooks.secret = live_server.url + reverse(route, args=names), SECRET
    jira.hooks.twice = jira.hooks.swapped = True
    tickets = [handed_over() for _ in range(count)]
    for ticket in tickets:
        actions.comment_on_ticket(
            ticket=ticket, kind="tier2", text="Lisan: kiire", by=ticket.responsible,
            at=timezone.now(),
        )  # fmt: skip
    is_over, chance = threading.Event(), random.Random(count)
    helpers = [
        threading.Thread(target=act, args=(jira, chance, is_over), daemon=True)
        for act in (spoil, solve)
    ]
    for helper in helpers:
        helper.start()

    killed = killed_again_and_again(
        kills, chance, settings, life=life, is_enough=lambda: share_solved() >= enough
    )
    broken = len(jira.faults.happened)
    print(f"{killed} killed, {broken} faults, {share_solved():.0%} of {count} solved meanwhile")  # noqa: T201  # with -s
    is_over.set()
    for helper in helpers:
        helper.join(10)
    jira.faults.clear()
    for issue in issues(jira):
        if issue.status.category != "done":
            jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")
    solve_late = threading.Event()
    late = threading.Thread(target=solve, args=(jira, chance, solve_late), daemon=True)
    late.start()
    until_all_is_done(jira, seconds=60 + count)
    solve_late.set()
    late.join(10)

    by_label = {}
    for issue in issues(jira):
        for label in issue.labels:
            by_label.setdefault(label, []).append(issue)
    for ticket in map(fresh, tickets):
        (issue,) = by_label[label_of(ticket.jira.marker)]
        assert (ticket.jira.issue_id, ticket.state) == (issue.id, "resolved")
        ours = [one for one in issue.comments if "Lisan: kiire" in said(one.text)]
        assert len(ours) == 1
        theirs = [one for one in issue.comments if one.author is not jira.bot]
        taken = TicketComment.objects.filter(ticket=ticket, is_incoming=True)
        assert sorted(taken.values_list("remote_id", flat=True)) == sorted(one.id for one in theirs)
    assert len(issues(jira)) == count
