import pytest

from inquiries import actions
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db


def letter_without_topic(**fields):
    return InquiryFactory(in_work=True, topic=None, main_topic=None, owner_unit=None, **fields)


def test_topic_brings_its_group_and_its_unit_and_is_a_version():
    inquiry, topic = letter_without_topic(), TopicFactory(owner_unit=UnitFactory())
    agent = UserFactory(role="specialist")

    chosen = actions.choose_topic(inquiry=inquiry, topic=topic, by=agent, at=MONDAY_TEN)

    assert (chosen.topic, chosen.main_topic_id) == (topic, topic.parent_id)
    assert chosen.owner_unit == topic.owner_unit
    assert chosen.version == inquiry.version + 1
    assert chosen.history.filter(history_change_reason="changed").count() == 1


def test_topic_that_a_colleague_has_chosen_meanwhile_stays():
    first, second = TopicFactory(), TopicFactory()
    inquiry, agent = letter_without_topic(), UserFactory(role="specialist")
    actions.choose_topic(inquiry=inquiry, topic=first, by=agent, at=MONDAY_TEN)

    chosen = actions.choose_topic(inquiry=inquiry, topic=second, by=agent, at=MONDAY_TEN)

    assert chosen.topic == first
