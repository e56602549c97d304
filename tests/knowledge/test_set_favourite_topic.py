import pytest

from knowledge import actions
from knowledge.queries import favourite_topics
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import TopicFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db


def test_topic_moves_to_the_digit_chosen_last():
    user, topic = UserFactory(), TopicFactory()
    actions.set_favourite_topic(digit=1, topic=topic, by=user)

    actions.set_favourite_topic(digit=4, topic=topic, by=user)

    assert favourite_topics(user=user) == [(4, topic)]


def test_topics_change_places_when_one_moves_to_the_others_digit():
    user, first, second = UserFactory(), TopicFactory(), TopicFactory()
    actions.set_favourite_topic(digit=1, topic=first, by=user)
    actions.set_favourite_topic(digit=2, topic=second, by=user)

    actions.set_favourite_topic(digit=2, topic=first, by=user)

    assert favourite_topics(user=user) == [(1, second), (2, first)]


def test_new_topic_takes_the_place_of_the_one_on_its_digit():
    user, first, second = UserFactory(), TopicFactory(), TopicFactory()
    actions.set_favourite_topic(digit=1, topic=first, by=user)

    actions.set_favourite_topic(digit=1, topic=second, by=user)

    assert favourite_topics(user=user) == [(1, second)]


def test_digit_is_cleared():
    user, topic = UserFactory(), TopicFactory()
    actions.set_favourite_topic(digit=1, topic=topic, by=user)

    actions.set_favourite_topic(digit=None, topic=topic, by=user)

    assert favourite_topics(user=user) == []


def test_free_digits_are_filled_by_the_most_used():
    user, chosen, used, retired = (
        UserFactory(),
        TopicFactory(),
        TopicFactory(),
        TopicFactory(is_active=False),
    )
    actions.set_favourite_topic(digit=2, topic=chosen, by=user)

    favourites = favourite_topics(user=user, most_used=[used.pk, chosen.pk, retired.pk])

    assert favourites == [(1, used), (2, chosen)]


def test_colleagues_favourites_are_their_own():
    topic = TopicFactory()
    actions.set_favourite_topic(digit=1, topic=topic, by=UserFactory())

    assert favourite_topics(user=UserFactory()) == []


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_topic_on_the_digit():
    user, first, second = UserFactory(), TopicFactory(), TopicFactory()

    answers = at_once(
        *[
            lambda topic=topic: actions.set_favourite_topic(digit=1, topic=topic, by=user)
            for topic in (first, second)
        ]
    )

    assert answers == [None, None]
    assert [digit for digit, _topic in favourite_topics(user=user)] == [1]
