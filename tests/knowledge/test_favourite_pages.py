import pytest
from django.urls import reverse

from knowledge import actions
from knowledge.models import FavouriteTopic
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import TopicFactory
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db
SETTINGS = reverse("accounts:settings")


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def put(client, topic, digit, **more):
    address = reverse("knowledge:set_favourite", args=[topic.code])
    return client.post(address, {"digit": digit, **more.pop("data", {})}, **more)


def digits(user):
    return list(FavouriteTopic.objects.filter(user=user).values_list("digit", "topic__code"))


def test_topic_is_put_on_a_digit_from_its_page(client, agent):
    topic = TopicFactory()

    answer = put(client, topic, "3")

    assert answer.url == reverse("knowledge:topic", args=[topic.code])
    chosen = soup(client.get(answer.url)).select_one("#favourite option[selected]")
    assert [digits(agent), chosen["value"]] == [[(3, topic.code)], "3"]


def test_answer_to_htmx_is_what_a_full_page_shows(client, agent):
    topic = TopicFactory()
    address = reverse("knowledge:topic", args=[topic.code])
    page = soup(client.get(address))

    answer = soup(put(client, topic, "3", headers={"HX-Request": "true"}))

    shown = swapped(page, answer, target="#favourite").select("#favourite option")
    assert shown == soup(client.get(address)).select("#favourite option")


def test_settings_list_what_stands_on_digits_to_be_moved_and_taken_off(client, agent):
    first, second = TopicFactory(), TopicFactory()
    for digit, topic in ((1, first), (5, second)):
        actions.set_favourite_topic(topic=topic, digit=digit, by=agent)

    assert [key.text for key in soup(client.get(SETTINGS)).select("#favourites kbd")] == ["1", "5"]
    assert put(client, first, "2", data={"settings": "1"}).url == SETTINGS
    put(client, second, "", data={"settings": "1"})

    assert digits(agent) == [(2, first.code)]


@pytest.mark.parametrize("count", [1, 3])
def test_settings_cost_the_same_for_any_number(client, agent, django_assert_num_queries, count):
    for digit in range(1, count + 1):
        actions.set_favourite_topic(topic=TopicFactory(), digit=digit, by=agent)
    client.get(SETTINGS)

    with django_assert_num_queries(5):
        client.get(SETTINGS)


@pytest.mark.parametrize("digit", ["0", "10", "x"])
def test_what_is_no_digit_is_refused(client, agent, digit):
    assert put(client, TopicFactory(), digit).status_code == 400
    assert digits(agent) == []


@pytest.mark.parametrize("topic", [{"group": True}, {"is_active": False}])
def test_only_what_a_call_may_be_about_gets_a_digit(client, agent, topic):
    topic = TopicFactory(**topic)

    assert put(client, topic, "1").status_code == 404
    assert not soup(client.get(reverse("knowledge:topic", args=[topic.code]))).select("#favourite")


def test_chosen_topic_of_a_call_is_put_on_a_digit_beside_it(client, agent):
    topic = TopicFactory()

    help_given = soup(client.get(reverse("workspace:topic_help", args=[topic.pk])))

    form = help_given.select_one("#topic-help form#favourite")
    assert form["hx-post"] == reverse("knowledge:set_favourite", args=[topic.code])


def test_who_takes_no_calls_is_not_asked_about_digits(client):
    client.force_login(UserFactory(role="auditor"))

    assert not soup(client.get(SETTINGS)).select("#favourites")
    assert not soup(client.get(reverse("knowledge:topic", args=[TopicFactory().code]))).select(
        "#favourite"
    )
