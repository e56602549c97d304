import datetime as dt

import factory
from factory.django import DjangoModelFactory

from knowledge.actions import renew_topic_index
from knowledge.models import Article, ArticleVersion, Phrase, ReferralBody, Topic, TopicTerm
from knowledge.words import WORDS

YEAR_START = dt.datetime(2026, 1, 2, 8, tzinfo=dt.UTC)


class TopicFactory(DjangoModelFactory):
    """A second-level topic. Traits: `group=True` for the first level, `urgent=True`."""

    class Meta:
        model = Topic

    class Params:
        group = factory.Trait(level=1, parent=None)
        urgent = factory.Trait(is_urgent=True, first_call="1247")

    code = factory.Sequence(lambda n: f"TOPIC-{n}")
    level = 2
    parent = factory.SubFactory("tests.factories.knowledge.TopicFactory", group=True)
    position = factory.Sequence(lambda n: n)
    name_et = factory.Sequence(lambda n: f"Teema {n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")
    name_ru = factory.Sequence(lambda n: f"Тема {n}")
    tier2_group = "VALDKOND"
    tier1_can_close = "partly"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        topic = super()._create(model_class, *args, **kwargs)
        renew_topic_index()
        return topic


class TopicTermFactory(DjangoModelFactory):
    class Meta:
        model = TopicTerm

    topic = factory.SubFactory(TopicFactory)
    language = "et"
    text = factory.Sequence(lambda n: f"märksõna {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        term = super()._create(model_class, *args, **kwargs)
        renew_topic_index()
        return term


class ReferralBodyFactory(DjangoModelFactory):
    class Meta:
        model = ReferralBody

    code = factory.Sequence(lambda n: f"body-{n}")
    name_et = factory.Sequence(lambda n: f"Asutus {n}")
    name_en = factory.Sequence(lambda n: f"Body {n}")
    name_ru = factory.Sequence(lambda n: f"Учреждение {n}")
    contact_et = "Vaadake asutuse veebilehte."
    contact_en = "See the body's website."
    contact_ru = "Смотрите веб-сайт учреждения."


class ArticleFactory(DjangoModelFactory):
    """An article without text; `ArticleVersionFactory` gives it one."""

    class Meta:
        model = Article

    code = factory.Sequence(lambda n: f"article-{n}")


class ArticleVersionFactory(DjangoModelFactory):
    class Meta:
        model = ArticleVersion

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        super()._after_postgeneration(instance, create, results)
        if create:
            WORDS.write([instance])

    article = factory.SubFactory(ArticleFactory)
    language = "et"
    number = 1
    title = factory.Sequence(lambda n: f"Artikkel {n}")
    body = "Mida kliendile öelda."
    law_reference = "määrus nr 34 § 2 lg 3"
    valid_from = YEAR_START.date()
    created_at = YEAR_START


class PhraseFactory(DjangoModelFactory):
    class Meta:
        model = Phrase

    shortcut = factory.Sequence(lambda n: f"fraas-{n}")
    text_et = factory.Sequence(lambda n: f"Tere päevast {n}")
    text_en = factory.Sequence(lambda n: f"Good afternoon {n}")
    text_ru = factory.Sequence(lambda n: f"Добрый день {n}")
