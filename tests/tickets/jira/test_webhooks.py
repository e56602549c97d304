"""What Jira sends by itself, sent by the stand-in over a socket and read by us."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.jira.conftest import site_of
from tests.tickets.jira.receiver import Receiver
from tickets.gateways.jira import JiraClient
from tickets.jira.webhooks import Event, EventKind, read_event, verify_signature


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def told(jira, receiver):
    """The events so far, as we read them."""
    jira.hooks.url, jira.hooks.secret = receiver.url, "saladus"

    def events():
        jira.hooks.settle()
        return [read_event(raw, headers) for raw, headers in receiver.taken]

    return events


def test_change_of_status_is_read_with_its_author(jira, told):
    issue = jira.raise_issue("Luba")
    jira.set_status(issue.id, "Done")

    created, changed = told()

    assert (created.kind, created.category) == (EventKind.ISSUE_CREATED, "new")
    assert (changed.kind, changed.issue_id, changed.issue_key) == (
        EventKind.ISSUE_UPDATED,
        issue.id,
        "KLT-1",
    )
    assert (changed.status, changed.category) == ("Done", "done")
    assert (changed.author, changed.author_name) == (jira.shapes.account(jira.mart), "Mart Tamm")
    assert changed.updated == issue.updated
    assert created.updated < changed.updated < changed.happened_at


def test_comment_is_read_with_its_issue_in_both_editions(jira, told):
    issue = jira.raise_issue("Luba")
    comment = jira.comment(issue.id, "Proovige uuesti")
    jira.edit_comment(issue.id, comment.id, "Proovige nüüd", by=jira.liis)
    jira.delete_comment(issue.id, comment.id)

    spoken = [one for one in told() if one.kind.startswith("comment")]

    assert [one.kind for one in spoken] == [
        EventKind.COMMENT_CREATED,
        EventKind.COMMENT_UPDATED,
        EventKind.COMMENT_DELETED,
    ]
    assert {(one.issue_id, one.comment_id) for one in spoken} == {(issue.id, comment.id)}
    assert [one.author_name for one in spoken[:2]] == ["Mart Tamm", "Liis Kask"]
    assert spoken[0].issue_key == ("KLT-1" if jira.is_cloud else "")


def test_data_center_tells_of_a_comment_twice_and_cloud_once(jira, told):
    issue = jira.raise_issue("Luba")
    comment = jira.comment(issue.id, "Proovige uuesti")

    kinds = [one.kind for one in told() if one.comment_id == comment.id]

    twice = [EventKind.ISSUE_UPDATED, EventKind.COMMENT_CREATED]
    assert kinds == (twice[1:] if jira.is_cloud else twice)


def test_our_own_comment_is_known_by_its_author(jira, told):
    issue = jira.raise_issue("Luba")
    with JiraClient(site_of(jira)) as client:
        client.add_comment(issue.id, "Tere")
        me = client.who_am_i().account

    assert {one.author for one in told() if one.comment_id} == {me}


def test_moved_deleted_and_attached(jira, told):
    issue = jira.raise_issue("Luba")
    jira.attach(issue.id, "a.txt", b"abc")
    jira.move(issue.id, "IT")
    jira.assign(issue.id, jira.liis)
    jira.delete(issue.id)

    events = [one for one in told() if one]

    assert [one.kind.value for one in events] == [
        "jira:issue_created",
        "jira:issue_updated",
        "jira:issue_updated",
        "jira:issue_updated",
        "jira:issue_deleted",
    ]
    assert [one.issue_key for one in events][2:] == ["IT-1"] * 3
    assert {one.issue_id for one in events} == {issue.id}


def test_repetition_has_the_key_of_the_first(jira, receiver, told):
    jira.hooks.twice = True
    issue = jira.raise_issue("Luba")
    jira.comment(issue.id, "Üks")
    jira.comment(issue.id, "Kaks")

    events = told()

    keys = [one.dedupe_key for one in events]
    assert len(keys) == 2 * len(set(keys))
    assert len(set(keys)) == (3 if jira.is_cloud else 5)


def test_messages_that_come_in_the_wrong_order_tell_it_by_their_moments(jira, told):
    issue = jira.raise_issue("Luba")
    jira.hooks.settle()
    jira.hooks.swapped = True
    jira.set_status(issue.id, "In Progress")
    jira.set_status(issue.id, "Done")

    _created, first, second = told()

    assert (first.status, second.status) == ("Done", "In Progress")
    assert first.updated > second.updated


def test_lost_and_late_messages(jira, receiver, told):
    jira.hooks.lost = 1
    issue = jira.raise_issue("Kaob teel")
    jira.hooks.late = 0.1
    jira.set_status(issue.id, "In Progress")
    jira.hooks.late = 0.0
    jira.set_status(issue.id, "Done")

    assert [one.status for one in told()] == ["Done", "In Progress"]
    assert [one.event for one in jira.hooks.gone] == ["jira:issue_created"]


def test_cloud_tries_again_under_the_same_name_and_data_center_does_not(jira, receiver, told):
    receiver.answers = [500, 503]
    jira.hooks.retry_after_seconds = 0.01
    jira.raise_issue("Luba")

    events = told()

    (delivery,) = jira.hooks.sent
    assert delivery.answers == ([500, 503, 200] if jira.is_cloud else [500])
    assert len({one.dedupe_key for one in events}) == 1
    if jira.is_cloud:
        assert receiver.taken[2][1]["x-atlassian-webhook-retry"] == "2"


def test_signature_of_cloud_holds_for_the_very_bytes(cloud, receiver):
    cloud.hooks.url, cloud.hooks.secret = receiver.url, "saladus"
    cloud.raise_issue("Luba")
    cloud.hooks.settle()

    ((raw, headers),) = receiver.taken
    signature = headers["x-hub-signature"]

    assert verify_signature(raw, signature, "saladus")
    assert verify_signature(raw, signature.upper(), "saladus")
    assert not verify_signature(raw + b" ", signature, "saladus")
    assert not verify_signature(raw, signature, "muu")
    assert not verify_signature(raw, signature, "")
    assert not verify_signature(raw, None, "saladus")
    assert not verify_signature(raw, signature.replace("sha256", "sha1"), "saladus")
    assert not verify_signature(raw, "sha256=õ", "saladus")
    assert not verify_signature(raw, "sha256=\udc80", "saladus")


def message(**changes):
    words = {
        "timestamp": 1763812540507,
        "webhookEvent": "jira:issue_updated",
        "issue": {"id": "10040", "key": "KLT-41", "fields": {"status": {"name": "Done"}}},
        "changelog": {"id": "10228", "items": []},
    }
    return json.dumps(words | changes).encode()


def test_what_we_do_not_follow_is_nothing():
    for raw in (
        message(webhookEvent="worklog_created"),
        message(webhookEvent="attachment_created", issue=None),
        message(webhookEvent=None),
        message(issue=None),
        message(issue={"id": "../../admin"}),
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
    ):
        assert read_event(raw, {}) is None


def test_unknown_status_and_missing_facts_do_not_break_the_reading():
    event = read_event(message(), {})

    assert (event.status, event.category, event.updated, event.author) == ("Done", "", None, "")


def test_issue_of_a_comment_is_cut_from_its_address():
    comment = {"self": "https://x.example/jira/rest/api/2/issue/10040/comment/10019", "id": "10019"}
    raw = message(webhookEvent="comment_created", issue=None, comment=comment)

    event = read_event(raw, {})

    assert (event.issue_id, event.comment_id) == ("10040", "10019")


def test_events_that_differ_have_keys_that_differ():
    def key(raw, **headers):
        return read_event(
            raw, {name.replace("_", "-"): value for name, value in headers.items()}
        ).dedupe_key

    known = key(message())
    assert key(message()) == known
    assert key(message(timestamp=1763812540508)) != known
    assert key(message(changelog={"id": "10229"})) != known
    assert key(message(comment={"id": "1"})) != known
    assert key(message(), X_Atlassian_Webhook_Identifier="a") == key(
        message(timestamp=1), x_atlassian_webhook_identifier="a"
    )
    assert key(message(timestamp=None)) != key(message(timestamp=None, comment={"id": "1"}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
names = ["issue", "comment", "user", "changelog", "timestamp", "attachment"]
deep = st.dictionaries(
    st.sampled_from(
        ["id", "self", "key", "fields", "status", "updated", "author", "accountId", "name"]
    ),
    json_values,
)
messages = st.fixed_dictionaries(
    {"webhookEvent": st.sampled_from([*EventKind, "other"]) | json_values},
    optional=dict.fromkeys(names, deep | json_values),
)


@settings(max_examples=60)
@given(messages, st.dictionaries(st.text(), st.text(), max_size=2))
def test_whatever_is_sent_is_an_event_or_nothing(said, headers):
    event = read_event(json.dumps(said).encode(), headers)

    assert event is None or isinstance(event, Event)
    if event:
        for text in (event.status, event.author, event.author_name, event.issue_key):
            assert "\0" not in text
            text.encode()


@given(st.binary(), st.text() | st.none(), st.text())
def test_whatever_is_signed_is_true_or_false(raw, header, secret):
    assert verify_signature(raw, header, secret) in (True, False)
    assert read_event(raw, {}) is None
