"""Letters for programs: the inbox as its page shows it, one letter, and the document register's number."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions import issue_api_token
from accounts.models import AccessEntry, Unit
from inquiries.models import Inquiry
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
LETTERS = "/api/v1/letters/"


def bearer(*scopes, role="specialist", user=None):
    _, secret = issue_api_token(
        user=user or UserFactory(role=role),
        name="dokumendiregister",
        scopes=scopes,
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=None,
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {secret}"}


def waiting(days=10, **fields):
    answer_by = timezone.localdate() + dt.timedelta(days=days)
    inquiry = InquiryFactory(**{"in_work": True, "answer_by": answer_by, **fields})
    LetterFactory(inquiry=inquiry, subject="Veeluba")
    return inquiry


def numbers(client, query, headers):
    answer = client.get(f"{LETTERS}{query}", headers=headers)
    assert answer.status_code == 200
    return [row["number"] for row in answer.json()["results"]]


def test_inbox_goes_by_the_legal_deadline_and_pages_by_cursor(client):
    last, first, second = waiting(9), waiting(-1), waiting(3)
    InquiryFactory()
    headers = bearer("inquiries.read")

    page = client.get(f"{LETTERS}?limit=2", headers=headers).json()
    following = client.get(page["next"], headers=headers).json()

    told = [row["number"] for row in page["results"] + following["results"]]
    assert told == [first.number, second.number, last.number]
    assert page["results"][0] | {"topic": None, "owner_unit": None} == {
        "inquiry": first.pk,
        "number": first.number,
        "letter": first.letters.get().pk,
        "channel": "email",
        "language": "et",
        "sender_name": first.letters.get().sender_name,
        "subject": "Veeluba",
        "topic": None,
        "owner_unit": None,
        "responsible": first.responsible_id,
        "state": "in_work",
        "legal_kind": "explanation",
        "register_number": "",
        "registered_on": "2026-11-16",
        "answer_by": first.answer_by.isoformat(),
        "is_restricted": False,
    }
    logged = AccessEntry.objects.filter(what="inquiry.inbox").order_by("pk")
    assert [(entry.reason, entry.result_count) for entry in logged] == [
        ("API: dokumendiregister", 2),
        ("API: dokumendiregister", 1),
    ]


def test_inbox_is_narrowed_as_its_page_is(client):
    user = UserFactory(role="specialist")
    mine, nobodys = waiting(agent=user), waiting(received=True, in_work=False)
    late, today, post = waiting(-2), waiting(0), waiting(channel="post")
    headers = bearer("inquiries.read", user=user)

    assert numbers(client, "?whose=mine", headers) == [mine.number]
    assert numbers(client, "?whose=unassigned", headers) == [nobodys.number]
    assert numbers(client, "?due=late", headers) == [late.number]
    assert numbers(client, "?due=today", headers) == [late.number, today.number]
    assert numbers(client, "?channel=post", headers) == [post.number]


@pytest.mark.parametrize("query", ["?whose=all", "?due=soon", "?channel=phone", "?unit=x"])
def test_filter_that_is_none_is_refused(client, query):
    assert client.get(f"{LETTERS}{query}", headers=bearer("inquiries.read")).status_code == 400


def test_unit_head_sees_the_letters_of_the_unit(client):
    ours = Unit.objects.create(name_et="Metsaosakond")
    wanted = waiting(owner_unit=ours)
    waiting()
    headers = bearer("inquiries.read", user=UserFactory(role="unit_head", unit=ours))

    assert numbers(client, "", headers) == [wanted.number]
    assert numbers(client, f"?unit={ours.pk}", headers) == [wanted.number]


def test_what_is_for_internal_use_goes_out_without_sender_and_subject(client):
    inquiry = waiting(restricted=True)
    headers = bearer("inquiries.read")

    [row] = client.get(LETTERS, headers=headers).json()["results"]
    letter = client.get(f"{LETTERS}{inquiry.letters.get().pk}/", headers=headers)

    assert (row["number"], row["sender_name"], row["subject"]) == (inquiry.number, None, None)
    assert letter.status_code == 403


def test_one_letter_is_read_and_its_reading_logged(client):
    letter = LetterFactory()

    told = client.get(f"{LETTERS}{letter.pk}/", headers=bearer("inquiries.read")).json()

    assert (told["id"], told["inquiry"], told["text"]) == (
        letter.pk,
        letter.inquiry_id,
        letter.text,
    )
    assert told["files"] == []
    entry = AccessEntry.objects.get(what="inquiry.view")
    assert (entry.subject_id, entry.reason) == (str(letter.inquiry_id), "API: dokumendiregister")


def test_letter_that_one_may_not_see_is_not_there(client):
    headers = bearer("inquiries.read", role="counter")

    assert client.get(f"{LETTERS}{LetterFactory().pk}/", headers=headers).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    for _time in range(count):
        waiting()
    headers = bearer("inquiries.read")

    with django_assert_max_num_queries(10):
        assert len(numbers(client, "", headers)) == count


def test_registrar_hands_letters_in_and_reads_none(client):
    headers = bearer("inquiries.write", "inquiries.read", role="registrar")
    letter = {"channel": "post", "subject": "Veeluba", "message_id": "<1@example.ee>"}

    handed_in = client.post(LETTERS, letter, content_type="application/json", headers=headers)

    assert (handed_in.status_code, Inquiry.objects.get().channel) == (201, "post")
    assert client.get(LETTERS, headers=headers).status_code == 403


def register(client, inquiry, headers, *, days_ago=1):
    registered_on = timezone.localdate() - dt.timedelta(days=days_ago)
    return client.post(
        f"/api/v1/inquiries/{inquiry.pk}/registration/",
        {"register_number": "6-1/26/1234", "registered_on": registered_on},
        content_type="application/json",
        headers=headers,
    )


def test_number_of_the_document_register_is_kept_once_for_a_key(client):
    user = UserFactory(role="specialist")
    inquiry = waiting(agent=user)
    headers = {**bearer("inquiries.write", user=user), "Idempotency-Key": "reg-1"}

    first, again = register(client, inquiry, headers), register(client, inquiry, headers)

    inquiry.refresh_from_db()
    assert first.json() == again.json()
    assert first.json() == {
        "number": inquiry.number,
        "legal_kind": "explanation",
        "answer_by": inquiry.answer_by.isoformat(),
        "register_number": "6-1/26/1234",
        "registered_on": (timezone.localdate() - dt.timedelta(days=1)).isoformat(),
    }
    assert again.headers["Idempotent-Replayed"] == "true"
    assert inquiry.register_number == "6-1/26/1234"
    assert inquiry.history.filter(history_change_reason="registered").count() == 1


def test_day_ahead_of_us_is_refused_at_its_field(client):
    user = UserFactory(role="specialist")
    inquiry = waiting(agent=user)

    answer = register(client, inquiry, bearer("inquiries.write", user=user), days_ago=-2)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].startswith("registered_on")


def test_only_letters_that_one_may_answer_are_registered(client):
    headers = bearer("inquiries.write")

    assert register(client, waiting(), headers).status_code == 403
    assert register(client, InquiryFactory(), headers).status_code == 404
    coordinator = bearer("inquiries.write", role="coordinator")
    assert register(client, waiting(), coordinator).status_code == 200
