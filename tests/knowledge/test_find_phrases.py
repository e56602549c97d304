import pytest

from knowledge.queries import find_phrases
from tests.factories.knowledge import PhraseFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_phrase_is_found_by_its_shortcut_and_by_its_text():
    greeting = PhraseFactory(shortcut="tervitus", text_et="Tere päevast!")
    ending = PhraseFactory(shortcut="lopp", text_et="Tervitades, Keskkonnaamet")

    assert find_phrases("/terv") == [greeting, ending]
    assert find_phrases("paevast") == [greeting]


def test_phrases_of_the_topic_come_first_and_those_of_others_not_at_all():
    topic = TopicFactory()
    general = PhraseFactory(shortcut="aa")
    own = PhraseFactory(shortcut="bb", topic=topic)
    PhraseFactory(shortcut="cc", topic=TopicFactory())

    assert find_phrases("", topic=topic) == [own, general]
