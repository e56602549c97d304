import base64
import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.actions import issue_api_token
from common.models import OutgoingMail
from inquiries.models import Inquiry, Letter, WebLetter
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import TopicFactory
from tests.standins.hostile_mail import PNG

pytestmark = pytest.mark.django_db
URL = "/api/v1/letters/web/"


@pytest.fixture
def post(client):
    clerk = UserFactory(role="specialist")
    _row, secret = issue_api_token(
        user=clerk,
        name="veeb",
        scopes=["inquiries.write"],
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=clerk,
        at=timezone.now(),
    )

    def sent(body, **headers):
        return client.post(
            URL,
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )

    return sent


def body(**changes):
    return {
        "sender_name": "Mari",
        "sender_address": "Mari@Example.ee",
        "subject": "Puurkaev",
        "text": "Kas luba on vaja?",
        "language": "et",
        **changes,
    }


def test_confirmed_letter_enters_the_inbox_at_once(post):
    topic = TopicFactory()
    file = {"name": "kaart.png", "content": base64.b64encode(PNG).decode()}

    answer = post(body(is_confirmed=True, topic=topic.code, county="Harju", files=[file]))

    inquiry = Inquiry.objects.get()
    assert answer.status_code == 201
    assert answer.json()["number"] == inquiry.number
    assert (inquiry.topic, inquiry.county, inquiry.channel) == (topic, "Harju", "web")
    letter = Letter.objects.get()
    assert letter.sender_address == "mari@example.ee"
    assert letter.files.get().original_name == "kaart.png"


def test_letter_that_is_not_confirmed_waits_for_its_sender(post):
    answer = post(body())

    assert (answer.status_code, answer.json()["number"]) == (201, None)
    assert (Inquiry.objects.count(), WebLetter.objects.count(), OutgoingMail.objects.count()) == (
        0,
        1,
        1,
    )


def test_repeated_request_is_one_letter(post):
    first = post(body(is_confirmed=True), **{"Idempotency-Key": "k1"})
    again = post(body(is_confirmed=True), **{"Idempotency-Key": "k1"})

    assert first.json() == again.json()
    assert Letter.objects.count() == 1


def test_same_key_of_the_letter_is_one_letter(post):
    key = str(uuid.uuid4())

    post(body(is_confirmed=True, key=key))
    post(body(is_confirmed=True, key=key))

    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sender_address": "x"}, 400),
        ({"text": ""}, 400),
        ({"topic": "NONE"}, 400),
        ({"files": [{"name": "a.png", "content": "!"}]}, 400),
        ({"files": [{"name": "a.exe", "content": base64.b64encode(b"MZ").decode()}]}, 422),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(post, changes, status):
    assert post(body(**changes)).status_code == status
    assert not WebLetter.objects.exists()


def test_without_the_scope_nothing_is_taken(client):
    clerk = UserFactory(role="specialist")
    _row, secret = issue_api_token(
        user=clerk,
        name="x",
        scopes=["inquiries.read"],
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=clerk,
        at=timezone.now(),
    )

    answer = client.post(
        URL, body(), content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )

    assert answer.status_code == 403
