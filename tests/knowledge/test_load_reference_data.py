import datetime as dt
import re

import pytest
from django.utils import translation

from knowledge import actions
from knowledge.actions.load_reference_data import SEED
from knowledge.article_files import read_articles
from knowledge.languages import Language
from knowledge.models import Article, ArticleVersion, Phrase, ReferralBody, Topic, TopicTerm
from knowledge.models.topic import CanClose

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def test_all_topics_come_with_owner_words_and_bodies():
    actions.load_reference_data(by=None, at=NOON)

    assert Topic.objects.filter(level=1).count() == 16
    assert Topic.objects.filter(level=2).count() == 89
    assert not Topic.objects.filter(terms__isnull=True).exists()
    card = Topic.objects.get(code="KALA-KAART")
    assert card.owner_unit.name_et == "Jahinduse ja vee-elustiku büroo"
    assert (card.tier1_can_close, card.peak_months) == (CanClose.PARTLY, [11, 12, 1])
    pollution = Topic.objects.get(code="JARE-REOSTUS")
    assert (pollution.is_urgent, pollution.first_call_numbers()) == (True, ["112", "1247"])
    assert [body.code for body in pollution.referral_bodies.order_by("code")] == [
        "hairekeskus-112",
        "riigiinfo-1247",
    ]
    assert list(Topic.objects.filter(starts_access_case=True).values_list("code", flat=True)) == [
        "EPORT-LEPING",
        "EPORT-VOLIKIRI",
        "EPORT-LOPP",
    ]


def test_each_article_stands_in_three_languages_and_belongs_to_a_topic():
    actions.load_reference_data(by=None, at=NOON)

    assert Article.objects.count() >= 20
    for article in Article.objects.prefetch_related("versions", "topics"):
        assert {version.language for version in article.versions.all()} == set(Language.values)
        assert article.topics.all(), article.code


def test_topics_named_in_article_files_exist():
    actions.load_reference_data(by=None, at=NOON)

    known = set(Topic.objects.values_list("code", flat=True))
    assert [
        (text.code, code)
        for text in read_articles(SEED / "articles")
        for code in text.topics
        if code not in known
    ] == []


def test_russian_texts_are_russian():
    actions.load_reference_data(by=None, at=NOON)

    texts = [
        *ArticleVersion.objects.filter(language="ru").values_list("body", flat=True),
        *ArticleVersion.objects.filter(language="ru").values_list("title", flat=True),
        *Phrase.objects.values_list("text_ru", flat=True),
        *ReferralBody.objects.values_list("contact_ru", flat=True),
        *Topic.objects.values_list("name_ru", flat=True),
    ]
    assert [text for text in texts if not CYRILLIC.search(text) and text != "FOKA"] == []


def test_there_are_enough_phrases():
    actions.load_reference_data(by=None, at=NOON)

    assert Phrase.objects.count() >= 20


def test_loading_again_changes_nothing():
    actions.load_reference_data(by=None, at=NOON)
    before = [model.objects.count() for model in (Topic, TopicTerm, ArticleVersion, Phrase)]

    actions.load_reference_data(by=None, at=NOON + dt.timedelta(days=1))

    assert before == [model.objects.count() for model in (Topic, TopicTerm, ArticleVersion, Phrase)]


def test_changed_wording_becomes_a_new_version_and_the_old_one_stays():
    actions.load_reference_data(by=None, at=NOON)
    article = Article.objects.get(code="raierahu")
    first = article.versions.get(language="et")
    actions.publish_article_version(
        article=article,
        language="et",
        title="Muudetud",
        body="Muudetud",
        law_reference="",
        valid_from=NOON.date(),
        by=None,
        at=NOON,
    )

    actions.load_reference_data(by=None, at=NOON + dt.timedelta(days=1))

    assert [version.number for version in article.versions.filter(language="et")] == [3, 2, 1]
    newest = article.versions.get(language="et", number=3)
    assert (newest.body, newest.valid_from) == (first.body, dt.date(2026, 3, 3))


def test_default_source_comes_in_the_readers_language():
    actions.load_reference_data(by=None, at=NOON)
    topic = Topic.objects.get(code="METS-PIIRANG")

    with translation.override("ru"):
        assert topic.default_source().title == "Весенний период тишины и подозрительная рубка"
