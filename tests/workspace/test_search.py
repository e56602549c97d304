import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.registry import OrganisationFactory
from tests.htmx import soup
from workspace.queries.search import search_everywhere

pytestmark = pytest.mark.django_db


def found(text, user):
    return {
        group.icon: [hit.title for hit in group.hits] for group in search_everywhere(text, user)
    }


def test_inquiry_is_found_by_its_number(client):
    user = UserFactory(role="specialist")
    inquiry = InquiryFactory(agent=user, topic=TopicFactory(), main_topic=None)

    assert found(inquiry.number.lower(), user)["messages"] == [inquiry.number]


def test_client_is_found_by_phone_in_any_spelling():
    client = ClientFactory(phone="5300 1234")

    assert found("+372 53001234", UserFactory(role="specialist"))["user"] == [client.name]


def test_organisation_topic_article_and_colleague_are_found_by_a_word():
    user = UserFactory(role="coordinator")
    OrganisationFactory(name="Kaseke Mets OÜ")
    TopicFactory(name_et="Kaseke ja raie")
    ArticleVersionFactory(title="Kaseke raierahu ajal", valid_from=timezone.localdate())
    UserFactory(first_name="Tiina", last_name="Kaseke")

    hits = found("kaseke", user)

    assert [hits[icon] for icon in ("building", "tag", "book-2", "phone-call")] == [
        ["Kaseke Mets OÜ"],
        ["Kaseke ja raie"],
        ["Kaseke raierahu ajal"],
        ["Tiina Kaseke"],
    ]


def test_registrar_finds_no_clients_and_no_inquiries():
    ClientFactory(phone="5300 1234")

    hits = found("5300 1234", UserFactory(role="registrar"))

    assert hits.keys() & {"user", "messages", "folder", "building"} == set()


def test_one_letter_is_no_question():
    assert search_everywhere("k", UserFactory(role="specialist")) == []


def test_question_is_posted_and_never_read_from_the_address(client):
    ClientFactory(first_name="Peeter", last_name="Paan")
    client.force_login(UserFactory(role="specialist"))

    by_address = client.get(reverse("workspace:search"), {"text": "Peeter Paan"})
    posted = client.post(reverse("workspace:search"), {"text": "Peeter Paan"})

    assert "Peeter Paan" not in by_address.content.decode()
    assert "Peeter Paan" in soup(posted).select_one(".search-results").text


def test_dialog_gets_the_same_results_without_the_page_around_them(client):
    ClientFactory(first_name="Peeter", last_name="Paan")
    client.force_login(UserFactory(role="specialist"))

    whole = soup(client.post(reverse("workspace:search"), {"text": "paan"}))
    part = soup(
        client.post(reverse("workspace:search"), {"text": "paan"}, headers={"HX-Request": "true"})
    )

    assert part.html is None
    assert part.select_one("ul").text == whole.select_one(".search-results ul").text


def test_page_is_found_by_its_name_in_the_readers_language(client):
    client.force_login(UserFactory(role="specialist"))
    client.cookies["django_language"] = "en"

    answer = soup(client.post(reverse("workspace:search"), {"text": "direc"}))

    assert answer.select_one(".search-results a[href='/settings/directory/']")
