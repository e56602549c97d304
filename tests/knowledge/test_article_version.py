import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from knowledge.models import ArticleVersion
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_version_in_force_is_the_latest_that_has_begun():
    article = ArticleFactory()
    ArticleVersionFactory(article=article, number=1, valid_from=dt.date(2026, 1, 1))
    second = ArticleVersionFactory(article=article, number=2, valid_from=dt.date(2026, 3, 1))
    ArticleVersionFactory(article=article, number=3, valid_from=dt.date(2026, 6, 1))

    assert article.version_in_force(language="et", on=dt.date(2026, 5, 31)) == second


def test_article_without_russian_text_answers_in_estonian():
    version = ArticleVersionFactory(language="et")

    assert version.article.version_in_force(language="ru", on=dt.date(2026, 5, 1)) == version


def test_article_whose_text_has_not_begun_has_no_version():
    version = ArticleVersionFactory(valid_from=dt.date(2026, 6, 1))

    assert version.article.version_in_force(language="et", on=dt.date(2026, 5, 1)) is None


def test_default_source_of_a_topic_is_the_version_in_force_of_its_article():
    version = ArticleVersionFactory(valid_from=dt.date(2026, 1, 1))
    topic = TopicFactory(default_article=version.article)

    assert topic.default_source() == version
    assert TopicFactory().default_source() is None


def test_database_refuses_to_change_a_version():
    version = ArticleVersionFactory(title="Enne")

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).update(title="Pärast")

    version.refresh_from_db()
    assert version.title == "Enne"
