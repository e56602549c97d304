import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions import issue_api_token
from accounts.models import AccessEntry
from clients.models import Client
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
CODE = "37001011004"
CLIENTS = "/api/v1/clients/"
PERSON = {"kind": "person", "last_name": "Tamm", "personal_code": CODE, "phones": ["84001234"]}


def bearer(*scopes):
    _, secret = issue_api_token(
        user=UserFactory(role="specialist"),
        name="portal",
        scopes=scopes,
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=None,
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def headers():
    return bearer("clients.read", "clients.write")


def send(client, method, path, body, headers):
    return getattr(client, method)(path, body, content_type="application/json", headers=headers)


def test_created_client_is_answered_with_its_code_masked(client, headers):
    answer = send(client, "post", CLIENTS, PERSON, headers)

    body = answer.json()
    assert (answer.status_code, body["code"]) == (201, "37001******")
    assert [point["value"] for point in body["contact_points"]] == ["+37284001234"]
    assert CODE not in answer.content.decode()


def test_repeated_request_makes_one_client(client, headers):
    headers = {**headers, "Idempotency-Key": "one"}

    first = send(client, "post", CLIENTS, PERSON, headers)
    second = send(client, "post", CLIENTS, PERSON, headers)

    assert first.json() == second.json()
    assert Client.objects.count() == 1


def test_refusals_are_problems_with_a_code(client, headers):
    taken = [send(client, "post", CLIENTS, PERSON, headers) for _ in range(2)][1]
    bad_phone = send(
        client, "post", CLIENTS, {"kind": "person", "last_name": "A", "phones": ["1"]}, headers
    )
    bad_kind = send(client, "post", CLIENTS, {"kind": "ghost"}, headers)

    assert (taken.status_code, taken.json()["code"]) == (409, "personal_code_taken")
    assert (bad_phone.status_code, bad_phone.json()["code"]) == (409, "phone_not_valid")
    assert bad_kind.status_code == 400


def test_read_client_is_logged_with_the_token_as_reason(client, headers):
    card = ClientFactory(phone="84001234")

    answer = client.get(f"{CLIENTS}{card.pk}/", headers=headers)

    assert answer.json()["name"] == card.name
    assert AccessEntry.objects.get(what="client.view").reason == "API: portal"


def test_text_is_posted_and_contacts_are_masked(client, headers):
    card = ClientFactory(phone="84001234")

    answer = send(client, "post", f"{CLIENTS}search/", {"text": "8400 1234"}, headers)

    assert answer.json() == [
        {
            "id": card.pk,
            "kind": "person",
            "name": card.name,
            "contact": "+372 84** **34",
            "matched_by": "phone",
        }
    ]


def test_stale_change_tells_the_current_version_and_no_code(client, headers):
    card = ClientFactory(last_name="Kask", personal_code=CODE)
    url = f"{CLIENTS}{card.pk}/fields/"
    send(client, "patch", url, {"version": 1, "last_name": "Kuusk"}, headers)

    stale = send(
        client,
        "patch",
        url,
        {"version": 1, "last_name": "Mänd", "personal_code": "47001011016"},
        headers,
    )

    assert (stale.status_code, stale.json()["version"]) == (409, 2)
    assert CODE not in stale.content.decode()
    assert "47001011016" not in stale.content.decode()


def test_contact_is_added_once(client, headers):
    card = ClientFactory()
    body = {"kind": "email", "value": "Mari@Example.ee"}
    url = f"{CLIENTS}{card.pk}/contact-points/"

    added, again = (send(client, "post", url, body, headers) for _ in range(2))

    assert (added.status_code, added.json()["value"]) == (201, "mari@example.ee")
    assert (again.status_code, again.json()["code"]) == (409, "contact_point_known")


def test_reading_token_writes_nothing(client):
    answer = send(client, "post", CLIENTS, PERSON, bearer("clients.read"))

    assert answer.status_code == 403
    assert Client.objects.count() == 0
