import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import TopicFactory
from tests.factories.tickets import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return ClientFactory()


def rows(client, role, someone, *, agent=None):
    client.force_login(agent or UserFactory(role=role))
    answer = client.get(
        reverse("workspace:dealings", args=[someone.pk]), headers={"HX-Request": "true"}
    )
    return answer.content.decode()


def inquiry(someone, **more):
    return InquiryFactory(client=someone, topic=TopicFactory(), main_topic=None, **more)


def test_card_of_a_client_leads_to_the_inquiries_and_to_a_new_one(client, someone):
    client.force_login(UserFactory(role="specialist"))
    page = client.get(reverse("clients:card", args=[someone.pk])).content.decode()
    assert reverse("workspace:dealings", args=[someone.pk]) in page
    assert reverse("workspace:start_call") in page


def test_inquiries_of_the_client_are_shown_and_nobody_elses(client, someone):
    own, other = inquiry(someone), inquiry(ClientFactory())
    found = rows(client, "specialist", someone)
    assert own.number in found
    assert other.number not in found


def test_counter_sees_own_inquiries_of_the_client_only(client, someone):
    desk = UserFactory(role="counter")
    own, other = inquiry(someone, agent=desk, responsible=desk), inquiry(someone)
    found = rows(client, "counter", someone, agent=desk)
    assert own.number in found
    assert other.number not in found


def test_number_of_queries_does_not_grow_with_the_rows(client, someone, django_assert_num_queries):
    for _ in range(3):
        inquiry(someone)
        raised(client=someone)
    user = UserFactory(role="specialist")
    address = reverse("workspace:dealings", args=[someone.pk])
    client.force_login(user)
    with django_assert_num_queries(8):
        client.get(address, headers={"HX-Request": "true"})
