"""What the outbox is told when something goes wrong: try again, look first, or do not."""

import datetime as dt
import pickle
import socket
import time
from email.utils import format_datetime

import pytest

from tests.standins.jira import words
from tests.tickets.jira.conftest import site_of
from tests.tickets.jira.test_client import new
from tickets.gateways.jira import (
    JiraClient,
    JiraFailure,
    Outcome,
    RemoteLink,
    Trouble,
)
from tickets.gateways.jira_wire import MAX_REPLY_BYTES

LINK = RemoteLink("klt-1", "https://klt.example/t/1", "KLT-2026-000123")


def failure_of(call, *arguments, **words):
    with pytest.raises(JiraFailure) as failure:
        call(*arguments, **words)
    return failure.value


def test_answer_lost_after_the_issue_was_created_is_an_unknown_outcome(jira, client):
    jira.faults.drop(done=True, method="POST", path="/issue$")

    failure = failure_of(client.create_issue, new())

    assert (failure.trouble, failure.outcome) == (Trouble.NO_ANSWER, Outcome.UNKNOWN)
    assert failure.may_have_happened
    (found,) = client.find_by_label(new().labels[0])  # how the outbox learns that it was done
    assert [found.id] == list(jira.issues)


def test_request_lost_on_its_way_is_an_unknown_outcome_too(jira, client):
    jira.faults.drop(done=False, method="POST", path="/issue$")

    assert failure_of(client.create_issue, new()).outcome == Outcome.UNKNOWN
    assert client.find_by_label(new().labels[0]) == ()


def test_nothing_is_ever_sent_twice(jira, client):
    jira.faults.drop(done=True, path="/issue$")
    jira.faults.busy(path="/comment$")
    failure_of(client.create_issue, new())
    failure_of(client.add_comment, next(iter(jira.issues)), "Tere")

    assert [method for method, _path in jira.asked] == ["POST", "POST"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [("bad_gateway", 502), ("unavailable", 503), ("cut", None)],
)
def test_proxy_between_us_leaves_a_write_unknown_and_a_read_to_be_repeated(
    jira, client, fault, status
):
    issue = jira.raise_issue("Luba")
    for _ in range(3):
        getattr(jira.faults, fault)(path="/rest/")

    written = failure_of(client.add_comment, issue.id, "Tere")
    read = failure_of(client.read_issue, issue.id)
    put = failure_of(client.put_remote_link, issue.id, LINK)

    assert [one.outcome for one in (written, read, put)] == [
        Outcome.UNKNOWN,
        Outcome.RETRY,
        Outcome.RETRY,
    ]
    assert written.status == status


def test_slow_answer_is_waited_for_no_longer_than_was_said(jira):
    jira.faults.slow(0.6, method="POST", path="/issue$")
    began = time.monotonic()

    with JiraClient(site_of(jira, timeout=0.2)) as client:
        failure = failure_of(client.create_issue, new())

    assert (failure.trouble, failure.outcome) == (Trouble.NO_ANSWER, Outcome.UNKNOWN)
    assert time.monotonic() - began < 0.5


def test_answer_that_drips_for_ever_is_left(data_center):
    data_center.faults.add("drip", seconds=0.1)
    began = time.monotonic()

    with JiraClient(site_of(data_center, timeout=0.2)) as client:
        failure = failure_of(client.server_info)

    assert failure.trouble == Trouble.NO_ANSWER
    assert time.monotonic() - began < 2


def test_giant_answer_is_not_read_to_the_end(jira, client):
    jira.faults.add("giant", path="/myself")

    failure = failure_of(client.who_am_i)

    assert (failure.trouble, failure.outcome) == (Trouble.UNREADABLE, Outcome.RETRY)
    assert jira.given < 4 * MAX_REPLY_BYTES  # what waits in the buffers of both ends is taken, too


def test_packed_answer_is_not_unpacked(jira, client):
    jira.faults.add("encoded", path="/myself")

    assert failure_of(client.who_am_i).trouble == Trouble.UNREADABLE


def test_no_connection_is_kept_that_the_server_may_have_closed(jira, client):
    client.who_am_i()
    client.who_am_i()

    assert jira.connections == 2


def test_busy_jira_says_when_to_come_back_and_then_answers(jira, client):
    jira.faults.busy("7", method="POST", path="/issue$")

    failure = failure_of(client.create_issue, new())
    created = client.create_issue(new())

    assert (failure.trouble, failure.outcome, failure.retry_after) == (
        Trouble.BUSY,
        Outcome.RETRY,
        7,
    )
    assert [created.id] == list(jira.issues)


def test_date_and_reset_are_read_as_seconds(jira, client):
    at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    jira.faults.busy(format_datetime(at, usegmt=True))
    jira.faults.busy(None, headers={"X-RateLimit-Reset": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
    jira.faults.unavailable("30")

    waits = [failure_of(client.who_am_i).retry_after for _ in range(3)]

    assert 80 < waits[0] <= 91
    assert 80 < waits[1] <= 91
    assert waits[2] == 30


def test_wrong_fields_are_named_with_jiras_sentences(jira, client):
    failure = failure_of(
        client.create_issue,
        new(
            project_key="IT",
            priority="",
            components=("Puudub",),
            more_fields={"customfield_10060": "x"},
        ),
    )

    assert (failure.trouble, failure.outcome, failure.status) == (
        Trouble.INVALID,
        Outcome.REFUSED,
        400,
    )
    assert set(failure.fields) == {"priority", "components", "customfield_10060"}
    assert failure.fields["priority"] == "Priority is required."
    assert "Puudub" in str(failure)


def test_text_longer_than_jira_takes_is_refused(jira, client):
    failure = failure_of(client.create_issue, new(description="x" * (words.LONGEST + 1)))

    assert "32,767" in failure.fields["description"]


def test_expired_token_stops_everything(jira, client):
    jira.faults.expired()
    for_a_moment = failure_of(client.who_am_i)
    jira.expire("test-token")

    failure = failure_of(client.create_issue, new())

    assert for_a_moment.trouble == failure.trouble
    assert (failure.trouble, failure.outcome) == (Trouble.NOT_SIGNED_IN, Outcome.REFUSED)
    assert failure.stops_everything


def test_captcha_is_told_from_a_plain_no(jira, client):
    jira.faults.captcha()
    jira.faults.answer(b'{"errorMessages":["No permission."],"errors":{}}', status=403)

    captcha, plain = failure_of(client.who_am_i), failure_of(client.who_am_i)

    assert (captcha.trouble, captcha.stops_everything) == (Trouble.CAPTCHA, True)
    assert "CAPTCHA_CHALLENGE" in captcha.sentences[0]
    assert (plain.trouble, plain.stops_everything) == (Trouble.FORBIDDEN, False)
    assert plain.sentences == ("No permission.",)


def test_file_too_large_is_refused_by_jira_and_by_the_proxy_before_it(jira, client):
    issue, jira.largest_file = jira.raise_issue("Fail"), 1000
    jira.faults.too_large(skip=1)
    words = {"name": "a.bin", "content": b"x" * 5000, "content_type": "application/octet-stream"}

    failures = [failure_of(client.attach, issue.id, **words) for _ in range(2)]

    assert [one.trouble for one in failures] == [Trouble.TOO_LARGE, Trouble.TOO_LARGE]
    assert "a.bin" in failures[0].sentences[0]
    assert issue.attachments == []


def test_old_search_of_cloud_is_gone(cloud):
    with JiraClient(site_of(cloud)) as client, pytest.raises(JiraFailure) as failure:
        client._get("/search", jql="project = KLT")

    assert failure.value.trouble == Trouble.GONE
    assert "/rest/api/3/search/jql" in failure.value.sentences[0]


def test_redirect_to_a_login_page_is_not_followed(jira, client):
    jira.faults.answer(b"", status=302, headers={"Location": "http://127.0.0.1:9/login"})

    failure = failure_of(client.create_issue, new())

    assert (failure.trouble, failure.outcome) == (Trouble.REDIRECTED, Outcome.REFUSED)
    assert len(jira.asked) == 1


def test_nobody_at_the_address_means_that_nothing_was_sent(jira):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with JiraClient(site_of(jira, url=address)) as client:
            failure = failure_of(client.create_issue, new())

    assert (failure.trouble, failure.outcome) == (Trouble.UNREACHABLE, Outcome.RETRY)


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "jira.example"},
        {"url": "ftp://jira.example"},
        {"url": "http://[::1"},
        {"url": ""},
        {"token": "two\nlines"},
        {"ca_file": "/nowhere/at/all.pem"},
    ],
)
def test_address_or_token_entered_wrong_is_told_as_such(data_center, changes):
    def ask():
        with JiraClient(site_of(data_center, **changes)) as client:
            client.who_am_i()

    failure = failure_of(ask)

    assert (failure.trouble, failure.outcome) == (Trouble.MISADDRESSED, Outcome.REFUSED)
    assert failure.stops_everything


def test_proxies_of_the_environment_are_not_asked(jira, client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    with JiraClient(site_of(jira)) as client:
        assert client.who_am_i().name == "Servicedesk"


def test_failure_survives_the_queue_and_the_token_is_never_shown(jira, client):
    jira.expire("test-token")
    failure = failure_of(client.who_am_i)

    again = pickle.loads(pickle.dumps(failure))

    assert (again.trouble, again.status, again.outcome) == (failure.trouble, 401, failure.outcome)
    assert "test-token" not in str(failure) + repr(failure) + repr(site_of(jira))
