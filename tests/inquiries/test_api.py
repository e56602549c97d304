import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.actions import issue_api_token
from accounts.models import AccessEntry
from inquiries.models import Inquiry, InquiryDraft
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
INQUIRIES = "/api/v1/inquiries/"
KEY = str(uuid.UUID(int=9))
SILENT = {"key": KEY, "channel": "web", "language": "et", "outcome": "silent"}


def bearer(*scopes, role="specialist"):
    _, secret = issue_api_token(
        user=UserFactory(role=role),
        name="portal",
        scopes=scopes,
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=None,
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {secret}"}


def post(client, body, headers):
    return client.post(INQUIRIES, body, content_type="application/json", headers=headers)


def test_a_contact_written_down_elsewhere_becomes_one_inquiry(client):
    headers = bearer("inquiries.write")

    first, again = post(client, SILENT, headers), post(client, SILENT, headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["number"] == again.json()["number"]
    assert Inquiry.objects.count() == 1


def test_how_the_caller_was_identified_is_told_both_ways(client):
    facts = {"identified_how": "facts", "first_fact": "email", "second_fact": "permit"}
    mari = ClientFactory()

    made = post(client, {**SILENT, **facts, "client": str(mari.pk)}, bearer("inquiries.write"))

    assert {name: made.json()[name] for name in facts} == facts


def test_the_same_idempotency_key_gives_the_same_answer(client):
    headers = {**bearer("inquiries.write"), "Idempotency-Key": "a1"}

    first, again = post(client, SILENT, headers), post(client, SILENT, headers)

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"


def test_what_is_missing_is_said_by_field_and_leaves_no_draft(client):
    answer = post(client, {"key": KEY, "outcome": "solved"}, bearer("inquiries.write"))

    assert answer.status_code == 400
    assert {error["field"].partition("[")[0] for error in answer.json()["errors"]} >= {
        "topic",
        "source",
    }
    assert not InquiryDraft.objects.filter(discarded_at=None).exists()


def test_the_list_pages_by_cursor_and_is_logged(client):
    newest_last = [
        InquiryFactory(started_at=timezone.now() - dt.timedelta(hours=hours)) for hours in (3, 2, 1)
    ]
    headers = bearer("inquiries.read")

    first = client.get(f"{INQUIRIES}?limit=2", headers=headers).json()
    second = client.get(first["next"], headers=headers).json()

    told = [row["number"] for row in first["results"] + second["results"]]
    assert told == [inquiry.number for inquiry in reversed(newest_last)]
    assert AccessEntry.objects.filter(what="inquiry.list").count() == 2


def test_a_filter_narrows_the_list_and_rubbish_is_refused(client):
    wanted = InquiryFactory(channel="email")
    InquiryFactory()
    headers = bearer("inquiries.read")

    narrowed = client.get(f"{INQUIRIES}?channel=email", headers=headers).json()

    assert [row["id"] for row in narrowed["results"]] == [wanted.pk]
    assert client.get(f"{INQUIRIES}?topic=x", headers=headers).status_code == 400


def test_what_is_for_internal_use_goes_out_without_its_contents(client):
    inquiry = InquiryFactory(restricted=True)

    told = client.get(f"{INQUIRIES}{inquiry.pk}/", headers=bearer("inquiries.read")).json()

    assert (told["number"], told["question"], told["client"]) == (inquiry.number, None, None)


@pytest.mark.parametrize(
    ("scopes", "role"), [(["inquiries.read"], "specialist"), (["inquiries.write"], "unit_head")]
)
def test_writing_asks_for_the_scope_and_the_permission(client, scopes, role):
    assert post(client, SILENT, bearer(*scopes, role=role)).status_code == 403


LETTER = {
    "channel": "email",
    "sender_address": "mari@example.ee",
    "subject": "Veeluba",
    "text": "Kas?",
    "message_id": "<1@example.ee>",
}


def send_letter(client, body, headers):
    return client.post("/api/v1/letters/", body, content_type="application/json", headers=headers)


def test_a_letter_received_elsewhere_becomes_one_inquiry(client):
    headers = bearer("inquiries.write")

    first, again = send_letter(client, LETTER, headers), send_letter(client, LETTER, headers)

    assert (first.status_code, first.json()) == (201, again.json())
    assert Inquiry.objects.get().number == first.json()["number"]


def test_letters_are_read_with_the_scope_by_those_who_may_read_the_inquiry(client):
    letter = LetterFactory()
    address = f"{INQUIRIES}{letter.inquiry_id}/letters/"

    answer = client.get(address, headers=bearer("inquiries.read"))
    without_scope = client.get(address, headers=bearer("inquiries.write"))
    stranger = client.get(address, headers=bearer("inquiries.read", role="counter"))

    assert [one["text"] for one in answer.json()] == [letter.text]
    assert (without_scope.status_code, stranger.status_code) == (403, 404)
