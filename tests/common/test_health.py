import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from common import actions, readiness
from common.metrics import Counter, Gauge, Registry
from common.models import ExternalLink, NumberSeries, OutgoingMail, StoredReply
from servicedesk.celery import app as celery
from tests.factories.incoming import IncomingMailFactory, MailboxFactory

NOW = timezone.now()

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker(settings):
    """An in-memory broker, so that the check of it has something to reach."""
    before = celery.conf.broker_url
    celery.conf.broker_url = "memory://"
    yield
    celery.conf.broker_url = before


def parts(client):
    answer = client.get(reverse("common:ready"))
    return answer.status_code, answer.json()["parts"]


def test_the_process_says_that_it_lives(client):
    answer = client.get(reverse("common:live"))

    assert (answer.status_code, answer.content) == (200, b"alive")


def test_all_is_well(client, broker):
    actions.note_heartbeat(name="worker", at=timezone.now())

    assert parts(client) == (
        200,
        dict.fromkeys(["database", "migrations", "broker", "worker", "outbox", "mailbox"], "well"),
    )


def test_silent_worker_and_waiting_letters_are_told_and_pages_served_on(client, broker):
    actions.note_heartbeat(name="worker", at=NOW - dt.timedelta(minutes=10))
    actions.queue_mail(
        key="k",
        to="a@example.ee",
        subject="s",
        text="t",
        language="et",
        at=NOW - dt.timedelta(hours=1),
    )

    status, found = parts(client)

    assert status == 200
    assert found["worker"].startswith("silent since")
    assert found["outbox"] == "1 letters overdue"


def test_mailbox_is_told_of_when_it_has_not_been_read_for_long(client, broker, settings):
    settings.IMAP_URL = "imaps://klienditugi:salajane@imap.example.ee/INBOX"
    actions.note_heartbeat(name="worker", at=timezone.now())

    assert parts(client)[1]["mailbox"] == "not read yet"

    mailbox = MailboxFactory(read_at=timezone.now() - dt.timedelta(minutes=14))
    assert parts(client)[1]["mailbox"] == "well"

    mailbox.read_at -= dt.timedelta(minutes=2)
    mailbox.save()
    status, found = parts(client)
    assert status == 200
    assert found["mailbox"] == f"not read since {mailbox.read_at.isoformat()}"

    settings.IMAP_URL = ""
    assert parts(client)[1]["mailbox"] == "well"


def test_missing_migration_makes_the_process_not_ready(client, monkeypatch):
    monkeypatch.setattr(readiness, "_migrations", lambda: "1 not applied")

    assert parts(client) == (503, {"database": "well", "migrations": "1 not applied"})


def test_database_that_is_away_makes_the_process_not_ready(client, monkeypatch):
    def away():
        raise OSError

    monkeypatch.setattr(readiness, "_database", away)

    assert parts(client)[0] == 503


def test_metrics_are_for_this_machine_and_for_the_token_only(client, settings):
    url = reverse("common:metrics")
    settings.METRICS_TOKEN = "secret"

    assert client.get(url).status_code == 200
    assert client.get(url, headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403
    assert client.get(url, REMOTE_ADDR="10.0.0.1").status_code == 403
    known = {"Authorization": "Bearer secret"}
    assert client.get(url, headers=known, REMOTE_ADDR="10.0.0.1").status_code == 200
    unknown = {"Authorization": "Bearer "}
    settings.METRICS_TOKEN = ""
    assert client.get(url, headers=unknown, REMOTE_ADDR="10.0.0.1").status_code == 403


def test_metrics_tell_what_waits(client):
    actions.queue_mail(
        key="k", to="a@example.ee", subject="s", text="t", language="et", at=timezone.now()
    )
    actions.note_heartbeat(name="worker", at=timezone.now())

    text = client.get(reverse("common:metrics")).content.decode()

    assert 'servicedesk_mail{state="queued"} 1\n' in text
    assert "# TYPE servicedesk_heartbeat_seconds gauge\n" in text
    assert 'servicedesk_requests_total{method="GET",process="' in text


def test_metrics_tell_how_the_mailbox_stands(client, settings):
    settings.IMAP_URL = "imaps://klienditugi:salajane@imap.example.ee/INBOX"
    MailboxFactory(read_at=timezone.now() - dt.timedelta(seconds=90), failures=3)
    IncomingMailFactory(set_aside=True)
    IncomingMailFactory.create_batch(2)

    text = client.get(reverse("common:metrics")).content.decode()

    assert "servicedesk_mailbox_read_seconds 9" in text
    assert "servicedesk_mailbox_failures 3\n" in text
    assert 'servicedesk_incoming_mail{state="received"} 2\n' in text
    assert 'servicedesk_incoming_mail{state="set_aside"} 1\n' in text
    assert "salajane" not in text


def test_labels_are_escaped_and_names_are_unique():
    registry = Registry()
    counter = Counter("n", "Words.")
    registry.register(counter, Gauge("g", "Words.", lambda at: [({"a": 'x"\n\\'}, 2)]))
    counter.add(3)

    assert 'g{a="x\\"\\n\\\\"} 2\n' in registry.text(NOW)
    with pytest.raises(ValueError, match="two metrics"):
        registry.register(counter)


def test_what_has_served_its_time_goes_and_nothing_else():
    old, new = NOW - dt.timedelta(days=400), NOW
    for key, at in [("old", old), ("new", new)]:
        StoredReply.objects.create(token_id=1, key=key, request_hash="", status=200, at=at)
        actions.issue_external_link(
            purpose=key, about=NumberSeries(pk=1), expires_at=at, by=None, at=at
        )
        actions.queue_mail(key=key, to="a@example.ee", subject="s", text="t", language="et", at=at)

    removed = actions.remove_expired(at=NOW)

    assert {code: n for code, n in removed.items() if n and code.startswith("common.")} == {
        "common.stored_reply": 1,
        "common.external_link": 1,
    }
    assert [row.key for row in StoredReply.objects.all()] == ["new"]
    assert [row.purpose for row in ExternalLink.objects.all()] == ["new"]
    assert OutgoingMail.objects.count() == 2
