import datetime as dt
import json
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from common import actions
from common.live import application, hub, stream
from common.live.new_events import NewEvents
from common.live.visitor import still_signed_in, visitor_of
from common.models import Event, NumberSeries
from servicedesk import asgi
from tests.event_stream import event_stream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address():
    with event_stream() as port:
        yield f"http://127.0.0.1:{port}"


def signed_in(username="mari", unit_id=None):
    user = get_user_model().objects.create(username=username)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user, {django_settings.SESSION_COOKIE_NAME: browser.session.session_key}


@contextmanager
def listening(address, cookies, headers=None, query=""):
    with (
        httpx.Client(cookies=cookies, timeout=5) as http,
        http.stream("GET", f"{address}/live/events{query}", headers=headers or {}) as answer,
    ):
        yield answer, messages(answer)


def messages(answer):
    for line in answer.iter_lines():
        if line.startswith("data: {"):
            yield json.loads(line.removeprefix("data: "))
        elif line == ": beat":
            yield "beat"


def record():
    return NumberSeries.objects.get_or_create(series="P", year=2026)[0]


def test_open_page_hears_of_a_change_within_a_second(address):
    _, cookies = signed_in()
    about = record()

    with listening(address, cookies) as (answer, heard):
        assert next(heard) == "beat"
        started = time.monotonic()
        event = actions.publish_event(kind="check-changed", about=about, at=timezone.now())
        word = next(heard)

    assert time.monotonic() - started < 1.5
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert word == {
        "kind": "check-changed",
        "type": "common.numberseries",
        "id": str(about.pk),
        "event": event.pk,
    }


def test_word_to_one_person_reaches_no_other(address):
    mari, cookies = signed_in()
    jaan = get_user_model().objects.create(username="jaan")
    now = timezone.now()

    with listening(address, cookies) as (_, heard):
        next(heard)
        actions.publish_event(kind="to-jaan", about=record(), at=now, to_user=jaan)
        actions.publish_event(kind="to-mari", about=record(), at=now, to_user=mari)

        assert next(heard)["kind"] == "to-mari"


def test_stranger_is_refused(address):
    assert httpx.get(f"{address}/live/events").status_code == 401
    assert httpx.get(f"{address}/live/events", cookies={"sessionid": "made-up"}).status_code == 401


def test_stream_ends_when_the_person_signs_out(address, monkeypatch):
    monkeypatch.setattr(hub, "BEAT_SECONDS", 0.2)
    user, cookies = signed_in()

    with listening(address, cookies) as (_, heard):
        next(heard)
        user.is_active = False
        user.save()

        assert set(heard) <= {"beat"}  # and comes to an end


def test_stream_of_another_goes_on_and_both_are_looked_at_together(address, monkeypatch):
    monkeypatch.setattr(hub, "BEAT_SECONDS", 0.2)
    mari, maris = signed_in()
    _, jaans = signed_in("jaan")
    asked = []

    def counted(visitors):
        asked.append(len(visitors))
        return still_signed_in(visitors)

    with listening(address, maris) as (_, heard_by_mari), listening(address, jaans) as (_, heard):
        next(heard)
        monkeypatch.setattr(hub, "still_signed_in", counted)
        mari.is_active = False
        mari.save()

        assert set(heard_by_mari) <= {"beat"}  # and comes to an end
        assert [next(heard) for _ in range(4)] == ["beat"] * 4
    assert max(asked) == 2  # whoever had joined by the first look
    assert asked[-1] == 1


def test_session_holds_until_it_is_ended_runs_out_or_the_password_changes(
    django_assert_num_queries,
):
    stays, left, ran_out, changed, closed = (signed_in(name) for name in "abcde")
    here = [
        visitor_of(f"sessionid={cookies['sessionid']}")
        for _user, cookies in (stays, left, ran_out, changed, closed)
    ]
    Session.objects.filter(pk=left[1]["sessionid"]).delete()
    Session.objects.filter(pk=ran_out[1]["sessionid"]).update(expire_date=timezone.now())
    changed[0].set_password("another one")
    changed[0].save()
    get_user_model().objects.filter(pk=closed[0].pk).update(is_active=False)

    with django_assert_num_queries(2):
        assert still_signed_in(here) == {here[0]}


def test_browser_that_was_cut_off_hears_what_it_missed(address):
    _, cookies = signed_in()
    moment = int(timezone.now().timestamp() * 1000)
    event = actions.publish_event(kind="missed", about=record(), at=timezone.now())

    with listening(address, cookies, {"Last-Event-ID": str(moment)}) as (_, heard):
        next(heard)
        assert next(heard)["event"] == event.pk
    with listening(address, cookies, query=f"?since={moment}") as (_, heard):
        next(heard)
        assert next(heard)["event"] == event.pk


def test_browser_that_was_away_too_long_is_told_to_look_anew(address):
    _, cookies = signed_in()

    with listening(address, cookies, query="?since=1000000000000") as (_, heard):
        next(heard)
        assert next(heard)["kind"] == "resync"


@pytest.mark.parametrize("since", ["x", "-1", "9" * 20, "１２"])
def test_unclear_moment_is_ignored(address, since):
    _, cookies = signed_in()

    with listening(address, cookies, query=f"?since={since}") as (answer, heard):
        assert (answer.status_code, next(heard)) == (200, "beat")


def test_only_pages_of_ours_may_ask_across_origins(address, settings):
    settings.LIVE_PORT, settings.SITE_URL = "8001", "http://127.0.0.1:8000"
    _, cookies = signed_in()

    with listening(address, cookies, {"Origin": "http://127.0.0.1:8000"}) as (answer, _):
        assert answer.headers["access-control-allow-origin"] == "http://127.0.0.1:8000"
        assert answer.headers["access-control-allow-credentials"] == "true"
    with listening(address, cookies, {"Origin": "https://evil.example"}) as (answer, _):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_the_process_serves_nothing_else(address):
    assert httpx.get(f"{address}/health/live").status_code == 200
    assert httpx.get(f"{address}/admin/").status_code == 404
    assert httpx.post(f"{address}/live/events").status_code == 405
    assert asgi.application is application


def test_twenty_open_pages_cost_one_reader(address):
    _, cookies = signed_in()
    heard_by = []

    def listen():
        with listening(address, cookies) as (_, heard):
            next(heard)
            ready.release()
            heard_by.append(next(heard)["kind"])

    ready = threading.Semaphore(0)
    threads = [threading.Thread(target=listen) for _ in range(20)]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire(timeout=10)
    assert len(stream.hub.listeners) == 20
    actions.publish_event(kind="all", about=record(), at=timezone.now())
    for thread in threads:
        thread.join(10)

    assert heard_by == ["all"] * 20


def test_row_that_commits_after_a_higher_one_is_still_heard():
    """The lower id shows itself last. SQLite has one writer at a time, so there it cannot happen."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one transaction after another")
    news = NewEvents()
    news.start(timezone.now())
    written, commit, committed = threading.Event(), threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            actions.publish_event(kind="first", about=NumberSeries(pk=1), at=timezone.now())
            written.set()
            commit.wait(10)
        committed.set()
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    actions.publish_event(kind="second", about=NumberSeries(pk=2), at=timezone.now())

    before = [event.kind for event in news.read(timezone.now())]
    commit.set()
    committed.wait(10)
    after = [event.kind for event in news.read(timezone.now())]
    thread.join(10)

    first, second = Event.objects.order_by("pk")
    assert (first.kind, second.kind) == ("first", "second")
    assert (before, after) == (["second"], ["first"])
    assert news.read(timezone.now()) == []


def test_each_event_is_given_once_and_the_memory_does_not_grow():
    news, at = NewEvents(), timezone.now()
    news.start(at)
    actions.publish_event(kind="k", about=record(), at=at)

    assert [len(news.read(timezone.now())) for _ in range(3)] == [1, 0, 0]
    news.read(at + dt.timedelta(minutes=10))
    assert news._seen == {}


def test_old_events_are_pruned():
    old = actions.publish_event(kind="old", about=record(), at=timezone.now())
    Event.objects.filter(pk=old.pk).update(published_at=timezone.now() - dt.timedelta(hours=2))
    new = actions.publish_event(kind="new", about=record(), at=timezone.now())

    assert actions.prune_events(at=timezone.now()) == 1
    assert list(Event.objects.all()) == [new]
