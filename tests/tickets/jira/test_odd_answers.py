"""Answers that are none of Jira's: never a crash, and never taken for an empty list."""

import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets.jira.conftest import site_of
from tests.tickets.jira.test_failures import failure_of
from tickets.gateways import jira_answers as answers
from tickets.gateways.jira import JiraClient, NewIssue, Trouble
from tickets.gateways.jira_failures import LONGEST_WAIT_SECONDS, retry_after, words_of

ODD = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"7",
    b'"text"',
    b"<html>Log in</html>",
    b"\xff\xfe\x00",
    b'{"id": {}, "key": []}',
    b'{"id": "1", "key": "K-1", "fields": 7, "issues": {}, "comments": 5, "transitions": "x"}',
    b'{"issues": [null], "comments": [[]], "transitions": [{}], "total": "many"}',
    b"[" * 100_000,
    b'{"version": null, "accountId": 1.5}',
]


@pytest.mark.parametrize("body", ODD, ids=lambda body: body[:20].decode("latin-1"))
def test_odd_answers_are_failures_and_never_empty_lists_or_crashes(data_center, body):
    site = data_center
    now = dt.datetime.now(dt.UTC)
    with JiraClient(site_of(site)) as client:
        calls = [
            lambda: client.server_info(),
            lambda: client.who_am_i(),
            lambda: client.find_by_label("klt-1"),
            lambda: client.list_comments("1"),
            lambda: client.list_attachments("1"),
            lambda: client.transitions("1"),
            lambda: list(client.issues_updated_since(["KLT"], since=now, now=now)),
            lambda: client.create_issue(NewIssue("KLT", "Task", "x", "y")),
            lambda: client.add_comment("1", "x"),
            lambda: client.attach("1", name="a", content=b"", content_type="text/plain"),
        ]
        for number, call in enumerate(calls):
            site.faults.answer(body)
            if body.startswith(b'{"id": "1"') and number in (4, 7, 8):
                continue  # these read something of it
            failure = failure_of(call)
            assert failure.trouble == Trouble.UNREADABLE
            assert failure.may_have_happened == (number >= 7)
            site.faults.clear()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "1e99"}, LONGEST_WAIT_SECONDS),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Fri, 32 Foo 2026"}, None),
        ({"x-ratelimit-reset": "²"}, None),
        ({"x-ratelimit-reset": "9" * 400}, None),
        ({"x-ratelimit-reset": "2026-11-22T12:00Z", "date": "Sun, 22 Nov 2026 11:59:00 GMT"}, 60),
        ({"x-ratelimit-reset": "1795348800", "date": "Sun, 22 Nov 2026 11:59:00 GMT"}, 60),
        ({"x-ratelimit-reset": "2026-11-22T12:00"}, None),
    ],
)
def test_odd_headers_are_no_reason_to_wait(headers, seconds):
    assert retry_after(headers) == seconds


def test_errors_are_read_in_every_shape_seen():
    assert words_of(b'{"errorMessages":["a",null,3],"errors":{"x":"b","y":null}}') == (
        ("a", "3"),
        {"x": "b", "y": ""},
    )
    assert words_of(b'{"message":"c"}') == (("c",), {})
    assert words_of(b'{"errorMessage":"d","errors":["e"]}') == (("d",), {})
    assert words_of(b"<html>502</html>") == ((), {})
    assert words_of(b'{"errorMessages":"one","errors":"two"}') == ((), {})


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "id",
                        "key",
                        "fields",
                        "status",
                        "statusCategory",
                        "labels",
                        "updated",
                        "body",
                    ),
                    *(
                        "author",
                        "assignee",
                        "accountId",
                        "name",
                        "size",
                        "to",
                        "version",
                        "required",
                    ),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "read",
    [
        answers.attachment_of,
        answers.comment_of,
        answers.created_issue_of,
        answers.issue_of,
        answers.person_of,
        answers.server_info_of,
        answers.transition_of,
    ],
)
@settings(max_examples=30)
@given(tree=scraps)
def test_any_answer_is_read_or_said_to_be_none(read, tree):
    with contextlib.suppress(answers.NotAsExpected):
        hash(read(tree))


@given(tree=scraps)
def test_any_refusal_has_some_words(tree):
    sentences, fields = words_of(json.dumps(tree).encode())

    assert all(isinstance(one, str) for one in [*sentences, *fields, *fields.values()])
