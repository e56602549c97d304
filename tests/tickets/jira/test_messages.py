"""Jira's own messages: proved, kept each once, answered at once, and never more than a hint."""

import datetime as dt
import hashlib
import hmac
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.tickets.jira.outbox import SECRET, fresh, handed_over, issues, jira_site, worker
from tickets import actions
from tickets.models import JiraWebhook, TicketComment

DB = pytest.mark.django_db


@pytest.fixture
def site(jira, settings):
    settings.JIRA_SEARCH_LAG_SECONDS = 0
    return jira_site(jira)


@pytest.fixture
def linked(jira, site):
    ticket = handed_over()
    worker()
    return fresh(ticket)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("switch", ["twice", "swapped"])
def test_messages_that_come_twice_or_out_of_order_leave_one_truth(
    jira, linked, live_server, switch
):
    path = (
        reverse("tickets:jira_webhook", args=["kea"])
        if jira.is_cloud
        else reverse("tickets:jira_webhook_of", args=["kea", SECRET])
    )
    jira.hooks.url, jira.hooks.secret = f"{live_server.url}{path}", SECRET
    setattr(jira.hooks, switch, True)
    (issue,) = issues(jira)

    jira.set_status(issue.id, "In Progress", by=jira.mart)
    jira.comment(issue.id, "Lukustus maha võetud.", by=jira.mart)
    jira.set_status(issue.id, "Done", by=jira.mart, resolution="Done")
    jira.hooks.settle()

    assert {status for one in jira.hooks.sent for status in one.answers} == {200}
    kept = JiraWebhook.objects.count()
    assert 0 < kept <= len({one.raw for one in jira.hooks.sent})
    actions.sweep_webhooks(at=timezone.now())
    ticket = fresh(linked)
    assert (ticket.state, ticket.solution) == ("resolved", "Lukustus maha võetud.")
    assert TicketComment.objects.filter(ticket=ticket).count() == 1
    assert not JiraWebhook.objects.filter(applied_at=None).exists()


def message(linked, **fields):
    issue = {"id": linked.jira.issue_id, "key": linked.jira.issue_key, "fields": fields}
    said = {"webhookEvent": "jira:issue_updated", "timestamp": 1, "issue": issue}
    return json.dumps(said).encode()


def signed(raw, secret=SECRET):
    return {
        "x-hub-signature": f"sha256={hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}",
        "x-atlassian-webhook-identifier": "one",
    }


@DB
def test_message_that_claims_a_solution_is_not_believed(jira, site, linked):
    done = {"name": "Done", "statusCategory": {"key": "done"}}
    raw = message(linked, status=done, updated="2099-01-01T00:00:00.000+0200")

    kept = actions.receive_webhook(
        site=site, token=SECRET, raw=raw, headers=signed(raw), at=timezone.now()
    )
    actions.apply_webhook(webhook_id=kept.pk, at=timezone.now())

    assert fresh(linked).state == "raised"


@DB
@pytest.mark.parametrize("wrong", ["other secret", "no proof", "changed"])
def test_stranger_is_turned_away_and_nothing_is_kept(jira, site, linked, wrong):
    raw = message(linked)
    headers = signed(raw, "guess" if wrong == "other secret" else SECRET)
    if wrong == "no proof":
        headers.pop("x-hub-signature")
    sent = raw + b" " if wrong == "changed" else raw
    path = (
        reverse("tickets:jira_webhook", args=["kea"])
        if jira.is_cloud
        else reverse("tickets:jira_webhook_of", args=["kea", "guess"])
    )

    answer = Client().post(path, sent, content_type="application/json", headers=headers)

    assert answer.status_code == 403
    assert not JiraWebhook.objects.exists()


@DB
def test_repeated_delivery_is_one(jira, site, linked):
    raw = message(linked)

    for _ in range(2):
        actions.receive_webhook(
            site=site, token=SECRET, raw=raw, headers=signed(raw), at=timezone.now()
        )

    assert JiraWebhook.objects.count() == 1


@DB
def test_deleted_issue_is_told_apart_from_one_that_is_hidden(jira, site, linked):
    jira.delete(linked.jira.issue_id)
    raw = message(linked).replace(b"issue_updated", b"issue_deleted")
    kept = actions.receive_webhook(
        site=site, token=SECRET, raw=raw, headers=signed(raw), at=timezone.now()
    )

    actions.apply_webhook(webhook_id=kept.pk, at=timezone.now())

    assert fresh(linked).link_state == "deleted"


def received(site, raw, at=None):
    return actions.receive_webhook(
        site=site, token=SECRET, raw=raw, headers=signed(raw), at=at or timezone.now()
    )


@DB
def test_words_of_a_message_go_once_it_has_served_and_the_message_later(jira, site, linked):
    kept = received(site, message(linked, description="Mari Tamme lugu"))
    now = timezone.now()

    actions.apply_webhook(webhook_id=kept.pk, at=now)

    kept.refresh_from_db()
    assert (kept.body, bool(kept.applied_at)) == ("", True)
    received(site, message(linked))
    assert JiraWebhook.objects.count() == 1  # a repetition is known still

    actions.sweep_webhooks(at=now + dt.timedelta(days=31))

    assert not JiraWebhook.objects.exists()


@DB
def test_jira_that_is_away_is_asked_once_in_a_sweep_and_given_up_after_a_day(jira, site, linked):
    jira.expire("test-token")
    now = timezone.now()
    for number in range(3):
        raw = message(linked).replace(b'"timestamp": 1', b'"timestamp": %d' % number)
        headers = signed(raw) | {"x-atlassian-webhook-identifier": str(number)}
        actions.receive_webhook(site=site, token=SECRET, raw=raw, headers=headers, at=now)
    before = len(jira.asked)

    actions.sweep_webhooks(at=now)

    assert len(jira.asked) - before == 1
    actions.sweep_webhooks(at=now + dt.timedelta(days=2))
    assert not JiraWebhook.objects.filter(applied_at=None).exists()
