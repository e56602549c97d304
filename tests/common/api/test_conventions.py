import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions import issue_api_token
from common.models import Event, NumberSeries, StoredReply
from tests.factories.accounts import UserFactory
from tests.two_processes import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PROBLEM = "application/problem+json"

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.api.urls")]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def bearer(*scopes, role="specialist"):
    user = UserFactory(role=role)
    later = timezone.now() + dt.timedelta(days=1)
    _, secret = issue_api_token(
        user=user, name="robot", scopes=scopes, expires_at=later, by=None, at=timezone.now()
    )
    return {"Authorization": f"Bearer {secret}"}


def post(client, body, headers):
    return client.post("/numbers/", body, content_type="application/json", headers=headers)


def test_without_a_token_the_caller_is_told_how_to_sign_in(client):
    answer = client.get("/numbers/")

    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "not_authenticated"


def test_token_works_within_its_scopes_only(client):
    headers = bearer("numbers.read")

    assert client.get("/numbers/", headers=headers).status_code == 200
    refused = post(client, {"series": "P"}, headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    assert client.get("/unscoped/", headers=headers).status_code == 403


def test_token_may_do_no_more_than_its_account(client):
    headers = bearer("numbers.read", role="")

    assert client.get("/numbers/", headers=headers).status_code == 403


def test_invalid_fields_are_told_one_by_one(client):
    answer = post(client, {"series": "LONG", "inner": [1, "x"]}, bearer("numbers.write"))

    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    found = [(error["field"], error["code"]) for error in answer.json()["errors"]]
    assert found == [("series", "max_length"), ("inner.1", "invalid")]


def test_broken_body_is_a_problem_and_no_crash(client):
    headers = bearer("numbers.write")

    answer = client.post("/numbers/", "{broken", content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_refusal_is_a_conflict_with_its_code_and_words(client):
    answer = post(client, {"series": "NO"}, bearer("numbers.write"))

    assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM)
    assert answer.json() == {
        "type": "urn:servicedesk:problem:move_not_allowed",
        "title": "Conflict",
        "status": 409,
        "code": "move_not_allowed",
        "detail": "This cannot be done now: the state is “closed”.",
    }


def test_stale_save_gives_both_texts(client):
    body = post(client, {"series": "OLD"}, bearer("numbers.write")).json()

    assert body["version"] == 7
    assert body["differences"] == [
        {"name": "text", "label": "Text", "theirs": "theirs", "mine": "mine"}
    ]


def test_repeated_request_is_answered_once_and_told_so(client):
    headers = {**bearer("numbers.write"), "Idempotency-Key": "a"}

    first = post(client, {"series": "P"}, headers)
    again = post(client, {"series": "P"}, headers)

    assert (first.status_code, first.json()) == (201, {"number": "P-2026-000001"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert NumberSeries.objects.get().last == 1


def test_key_is_of_one_token_and_one_request(client):
    headers = {**bearer("numbers.write"), "Idempotency-Key": "a"}
    other = {**bearer("numbers.write"), "Idempotency-Key": "a"}
    post(client, {"series": "P"}, headers)

    assert post(client, {"series": "P"}, other).json() == {"number": "P-2026-000002"}
    refused = post(client, {"series": "L"}, headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")


def test_refused_request_may_be_tried_again_under_its_key(client):
    headers = {**bearer("numbers.write"), "Idempotency-Key": "a"}

    post(client, {"series": "NO"}, headers)

    assert not StoredReply.objects.exists()
    assert not NumberSeries.objects.exists()
    assert post(client, {"series": "P"}, headers).status_code == 201


@pytest.mark.parametrize("key", ["x" * 101, "võti"])
def test_unclear_key_is_refused(client, key):
    headers = {**bearer("numbers.write"), "Idempotency-Key": key.encode().decode("latin-1")}

    assert post(client, {"series": "P"}, headers).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_with_one_key_do_it_once(client):
    headers = {**bearer("numbers.write"), "Idempotency-Key": "a"}

    answers = at_once(*[lambda: post(client, {"series": "P"}, headers).json()] * 2)

    assert answers == [{"number": "P-2026-000001"}] * 2
    assert NumberSeries.objects.get().last == 1


def test_list_is_walked_by_its_links(client):
    Event.objects.bulk_create(Event(kind=f"k{n}", at=NOON) for n in range(5))
    headers = bearer("events.read")

    first = client.get("/events/?limit=2", headers=headers)
    second = client.get(first.json()["next"], headers=headers)
    back = client.get(second.json()["previous"], headers=headers)

    assert [row["kind"] for row in first.json()["results"]] == ["k4", "k3"]
    assert [row["kind"] for row in second.json()["results"]] == ["k2", "k1"]
    assert back.json()["results"] == first.json()["results"]
    assert f'<{second.json()["next"]}>; rel="next"' in second["Link"]
    assert 'rel="prev"' in second["Link"]


def test_made_up_cursor_is_a_problem(client):
    answer = client.get("/events/?cursor=x", headers=bearer("events.read"))

    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_not_valid")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 50])
def test_unclear_limit_falls_back(client, limit):
    assert client.get(f"/events/?limit={limit}", headers=bearer("events.read")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(client, django_assert_num_queries, count):
    Event.objects.bulk_create(Event(kind="k", at=NOON) for _ in range(count))
    headers = bearer("events.read")
    client.get("/events/", headers=headers)

    with django_assert_num_queries(3):  # token, roles, rows
        client.get("/events/", headers=headers)
