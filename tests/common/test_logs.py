import json
import logging

import pytest
from django.db import IntegrityError
from django.urls import reverse

from common.logs import JsonLines, trace_id, without_personal_data
from tests.factories.accounts import UserFactory

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def line(message="m", **extra):
    record = logging.LogRecord(
        "name", logging.INFO, "", 1, message, (), extra.pop("exc_info", None)
    )
    vars(record).update(extra)
    return json.loads(JsonLines().format(record))


@pytest.mark.django_db
def test_one_line_tells_how_a_request_was_answered(client, caplog):
    with caplog.at_level(logging.INFO, "servicedesk.request"):
        answer = client.get("/robots.txt?code=39001010001")

    told = line(ecs=caplog.records[-1].ecs)
    assert told["url.path"] == "/robots.txt"
    assert told["http.request.method"] == "GET"
    assert told["http.response.status_code"] == answer.status_code
    assert told["event.duration"] > 0
    assert "39001010001" not in json.dumps(told)


@pytest.mark.django_db
def test_line_tells_which_member_of_staff_asked_and_in_which_roles(client, caplog):
    user = UserFactory(role="auditor")
    client.force_login(user)

    with caplog.at_level(logging.INFO, "servicedesk.request"):
        client.get("/")

    told = line(ecs=caplog.records[-1].ecs)
    assert (told["user.id"], told["user.roles"]) == (user.pk, ["auditor"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", True),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", False),
        ("nonsense\n", False),
    ],
)
def test_trace_of_the_caller_is_carried_on_and_nothing_else(client, given, is_taken):
    answer = client.get(reverse("common:live"), headers={"traceparent": given})

    assert (answer["X-Trace-Id"] == TRACE) is is_taken
    assert len(answer["X-Trace-Id"]) == 32
    assert trace_id.get() == ""


def test_secret_in_a_path_is_not_logged(rf):
    request = rf.get("/clients/confirm/secret-token/")

    told = line("Not Found: /clients/confirm/secret-token/", request=request, status_code=404)

    assert told["message"] == "HTTP 404: (no such page)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code 39001010001 of mari.maasikas@example.ee", "code *********** of …@…"),
        ("number 123456789012 stays", "number 123456789012 stays"),
        ('violates "once"\nDETAIL:  Key (name)=(Mari)\nmore', 'violates "once"\nmore'),
        ("syntax\nLINE 1: INSERT ('Mari')\n        ^\nmore", "syntax\nmore"),
    ],
)
def test_persons_are_taken_out_of_log_lines(text, told):
    assert without_personal_data(text) == told


def test_row_that_a_database_refused_is_not_quoted():
    refused = IntegrityError('violates "once"\nDETAIL:  Key (name)=(Mari) exists.')

    told = line(exc_info=(IntegrityError, refused, None))

    assert told["error.type"] == "IntegrityError"
    assert told["error.stack_trace"] == 'django.db.utils.IntegrityError: violates "once"\n'
