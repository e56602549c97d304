import datetime as dt

import pytest

from knowledge import actions
from knowledge.models import ArticleVersion
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import ArticleFactory
from tests.two_processes import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def publish(article, language="et", by=None):
    return actions.publish_article_version(
        article=article,
        language=language,
        title="Raierahu",
        body="Kõigepealt 1247.",
        law_reference="",
        valid_from=NOON.date(),
        by=by,
        at=NOON,
    )


@pytest.mark.django_db
def test_each_language_counts_its_own_versions():
    article, by = ArticleFactory(), UserFactory()

    numbers = [publish(article, language, by).number for language in ("et", "et", "ru")]

    assert numbers == [1, 2, 1]
    assert set(ArticleVersion.objects.values_list("approved_by", flat=True)) == {by.pk}


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_numbers_of_their_own():
    article = ArticleFactory()

    numbers = at_once(*[lambda: publish(article).number] * 2)

    assert sorted(numbers) == [1, 2]
