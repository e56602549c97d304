import pytest
from django.urls import reverse

from knowledge.models import ArticleVersion, TopicIndexStamp
from knowledge.queries import search_topics
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(role="administrator")
    client.force_login(user)
    return user


def test_new_wording_is_added_as_the_next_version(client, administrator):
    first = ArticleVersionFactory()

    response = client.post(
        reverse("admin:knowledge_articleversion_add"),
        {
            "article": first.article_id,
            "language": "et",
            "title": "Uus sõnastus",
            "body": "Tekst",
            "law_reference": "",
            "valid_from": "2026-05-01",
        },
    )

    assert response.status_code == 302
    newest = ArticleVersion.objects.get(number=2)
    assert (newest.title, newest.approved_by) == ("Uus sõnastus", administrator)


def test_version_that_stands_can_neither_be_changed_nor_deleted(client, administrator):
    version = ArticleVersionFactory(title="Enne")
    change = reverse("admin:knowledge_articleversion_change", args=[version.pk])

    assert client.post(change, {"title": "Pärast"}).status_code == 403
    delete = reverse("admin:knowledge_articleversion_delete", args=[version.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert "Enne" in client.get(change).content.decode()


def test_word_added_to_a_topic_is_found_at_once(client, administrator):
    topic = TopicFactory(name_et="Raiepiirangud")
    search_topics("linnurahu")
    before = TopicIndexStamp.objects.get().version
    fields = {
        field.name: getattr(topic, field.attname)
        for field in topic._meta.fields
        if getattr(topic, field.attname) or field.name == "position"
    }

    response = client.post(
        reverse("admin:knowledge_topic_change", args=[topic.pk]),
        {
            **fields,
            "is_active": "on",
            "peak_months": "[]",
            "terms-TOTAL_FORMS": "1",
            "terms-INITIAL_FORMS": "0",
            "terms-0-topic": topic.pk,
            "terms-0-language": "et",
            "terms-0-text": "linnurahu",
        },
    )

    assert response.status_code == 302
    assert TopicIndexStamp.objects.get().version != before
    assert [match.topic for match in search_topics("linnurahu")] == [topic]


def test_every_page_of_the_knowledge_admin_opens(client, administrator):
    TopicFactory()
    ArticleFactory()
    ArticleVersionFactory()

    for model in ("topic", "referralbody", "phrase", "article", "articleversion"):
        for page in ("changelist", "add"):
            url = reverse(f"admin:knowledge_{model}_{page}")
            assert client.get(url).status_code == 200, url
