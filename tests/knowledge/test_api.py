import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import issue_api_token
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.knowledge import ReferralBodyFactory, TopicFactory

pytestmark = pytest.mark.django_db
TOPICS = reverse("knowledge_api:topics")


def bearer(*scopes, role="specialist"):
    _token, secret = issue_api_token(
        user=UserFactory(role=role),
        name="robot",
        scopes=scopes,
        expires_at=timezone.now() + dt.timedelta(days=1),
        by=None,
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {secret}"}


def test_topics_tell_who_answers_and_whom_to_refer_to(client):
    topic = TopicFactory(urgent=True, owner_unit=UnitFactory(name_et="Metsaosakond"))
    topic.referral_bodies.add(ReferralBodyFactory(code="riigiinfo"))

    answer = client.get(
        reverse("knowledge_api:topic", args=[topic.code]), headers=bearer("knowledge.read")
    ).json()

    assert (answer["code"], answer["group"]) == (topic.code, topic.parent.code)
    assert (answer["owner_unit"], answer["first_call"]) == ("Metsaosakond", "1247")
    assert [body["code"] for body in answer["referral_bodies"]] == ["riigiinfo"]


def test_topics_are_paged(client):
    TopicFactory.create_batch(3, parent=TopicFactory(group=True))
    headers = bearer("knowledge.read")

    first = client.get(TOPICS, {"limit": 3}, headers=headers).json()
    second = client.get(first["next"], headers=headers).json()

    assert (len(first["results"]), len(second["results"]), second["next"]) == (3, 1, None)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(client, django_assert_num_queries, count):
    for _number in range(count):
        TopicFactory().referral_bodies.add(ReferralBodyFactory())
    headers = bearer("knowledge.read")
    client.get(TOPICS, headers=headers)

    with django_assert_num_queries(4):
        client.get(TOPICS, headers=headers)


@pytest.mark.parametrize(
    ("scopes", "role"), [(["clients.read"], "specialist"), (["knowledge.read"], "")]
)
def test_token_without_the_scope_or_the_role_is_refused(client, scopes, role):
    assert client.get(TOPICS, headers=bearer(*scopes, role=role)).status_code == 403


def test_topics_cannot_be_written(client):
    answer = client.post(
        TOPICS, {}, content_type="application/json", headers=bearer("knowledge.read")
    )

    assert answer.status_code in {403, 405}
