import json
import uuid

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from clients.models import Client
from inquiries.models import Inquiry, InquiryDraft
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    ReferralBodyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def send(client, page, key, typed, version=None, **more):
    return client.post(
        reverse(f"workspace:{page}", args=[key]),
        json.dumps({"typed": typed, "version": version, **more}),
        content_type="application/json",
    )


def test_first_save_makes_the_draft_and_the_next_goes_on_from_its_version(client, agent):
    key = uuid.uuid4()

    first = send(client, "save_call", key, {"question": "a"})
    second = send(client, "save_call", key, {"question": "ab"}, first.json()["version"])

    draft = InquiryDraft.objects.get(pk=key)
    assert (draft.typed["question"], draft.version) == ("ab", second.json()["version"])


def test_save_over_another_window_is_refused_with_both_texts(client, agent):
    key = uuid.uuid4()
    opened = send(client, "save_call", key, {"question": "a"}).json()["version"]
    send(client, "save_call", key, {"question": "theirs"}, opened)

    refused = send(client, "save_call", key, {"question": "mine"}, opened)

    assert refused.status_code == 409
    difference = refused.json()["differences"][0]
    assert (difference["theirs"], difference["mine"]) == ("theirs", "mine")
    assert InquiryDraft.objects.get(pk=key).typed["question"] == "theirs"


def test_finish_says_at_which_field_what_is_missing_and_keeps_the_text(client, agent):
    key = uuid.uuid4()

    refused = send(
        client, "finish_call", key, {"channel": "phone", "language": "et", "question": "a"}
    )

    assert refused.status_code == 422
    assert "outcome" in {problem["field"] for problem in refused.json()["problems"]}
    assert InquiryDraft.objects.get(pk=key).typed["question"] == "a"
    assert not Inquiry.objects.exists()


def test_finish_works_without_scripts_too(client, agent):
    key = uuid.uuid4()

    page = client.post(
        reverse("workspace:finish_call", args=[key]),
        {"channel": "phone", "language": "et", "outcome": "solved", "question": "kirjas"},
    )
    done = client.post(
        reverse("workspace:finish_call", args=[key]),
        {"channel": "phone", "language": "et", "outcome": "silent", "question": "kirjas"},
    )

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    assert "kirjas" in page.content.decode()
    assert done.status_code == 302
    assert Inquiry.objects.get().question == "kirjas"


def test_number_by_which_the_caller_was_looked_for_is_the_callers_number(client, agent):
    key = uuid.uuid4()

    send(client, "finish_call", key, {**SILENT, "caller_lookup": "5300 1234"})

    assert Inquiry.objects.get().caller_number == "+37253001234"


SILENT = {"channel": "phone", "language": "et", "outcome": "silent"}


def test_draft_of_somebody_else_is_not_here(client, agent):
    key = uuid.uuid4()
    send(client, "save_call", key, {"question": "a"})
    client.force_login(UserFactory(role="specialist"))

    assert send(client, "save_call", key, {"question": "b"}).status_code == 404
    assert client.get(reverse("workspace:call_draft", args=[key])).status_code == 302


def test_thrown_away_draft_can_be_taken_back(client, agent):
    key = uuid.uuid4()
    send(client, "save_call", key, {"question": "a"})

    client.post(reverse("workspace:discard_call", args=[key]))
    client.post(reverse("workspace:restore_call"), {"key": key})

    page = client.get(reverse("workspace:call_draft", args=[key]))
    assert ">a</textarea>" in page.content.decode().replace("\n", "")


def test_opening_the_callers_card_is_logged(client, agent):
    tamm = ClientFactory(last_name="Tamm")

    page = client.post(reverse("workspace:choose_caller"), {"client": tamm.pk}).content.decode()

    assert "Tamm" in page
    assert AccessEntry.objects.filter(what="client.view", subject_id=str(tamm.pk)).count() == 1


def test_card_for_a_new_caller_is_made_beside_the_form(client, agent):
    page = client.post(
        reverse("workspace:new_caller"),
        {"new_kind": "person", "new_name": "Mari Liis Tamm", "new_phone": "5300 1234"},
    )

    made = Client.objects.get()
    assert page.status_code == 200
    assert (made.first_name, made.last_name) == ("Mari Liis", "Tamm")


def test_wrong_number_of_a_new_caller_is_said_and_kept(client, agent):
    page = client.post(
        reverse("workspace:new_caller"),
        {"new_kind": "person", "new_name": "Mari Tamm", "new_phone": "12"},
    )

    assert page.status_code == 422
    assert 'value="12"' in page.content.decode()
    assert not Client.objects.exists()


def test_urgent_topic_says_whom_to_ring_first(client, agent):
    topic = TopicFactory(urgent=True)

    page = client.get(reverse("workspace:topic_help", args=[topic.pk])).content.decode()

    assert "1247" in page


@pytest.mark.parametrize("count", [1, 3])
def test_call_page_costs_the_same_for_any_history(
    client, agent, count, django_assert_max_num_queries
):
    tamm = ClientFactory(last_name="Tamm", phone="5300 1234")
    topic = TopicFactory(default_article=ArticleFactory())
    for _each in range(count):
        article = ArticleFactory()
        ArticleVersionFactory(article=article)
        topic.articles.add(article)
        topic.referral_bodies.add(ReferralBodyFactory())
        InquiryFactory(client=tamm)
    key = uuid.uuid4()
    send(client, "save_call", key, {"client": str(tamm.pk), "topic": str(topic.pk)})

    with django_assert_max_num_queries(15):
        page = client.get(reverse("workspace:call_draft", args=[key]))

    assert page.content.decode().count('class="earlier"') == count


def test_autosave_is_cheap(client, agent, django_assert_max_num_queries):
    key = uuid.uuid4()
    version = send(client, "save_call", key, {"question": "a"}).json()["version"]

    with django_assert_max_num_queries(9):
        send(client, "save_call", key, {"question": "ab"}, version)
