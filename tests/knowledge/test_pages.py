import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    PhraseFactory,
    ReferralBodyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
SEARCH = reverse("knowledge:search")
HOME = reverse("knowledge:home")


@pytest.fixture
def desk(client):
    """A browser in which a specialist is signed in."""
    client.force_login(UserFactory(role="specialist", language="en"))
    client.cookies["django_language"] = "en"
    return client


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def queries_of(desk, url):
    """How many queries the page takes once the person's roles and the session are known."""
    desk.get(url)
    return desk.get(url)


def test_home_lists_topics_by_group(desk):
    topic = TopicFactory(name_en="Fishing card", parent__name_en="Fishing")

    page = page_of(desk.get(HOME))

    assert page.index("Fishing</h2>") < page.index("Fishing card")
    assert reverse("knowledge:topic", args=[topic.code]) in page


def test_typed_search_marks_what_was_typed_and_shows_the_synonyms_topic(desk):
    TopicFactory(name_et="Kalastuskaart", name_en="Fishing card")

    page = page_of(desk.post(SEARCH, {"text": "fishin"}, headers={"HX-Request": "true"}))

    assert "<mark>Fishin</mark>g card" in page
    assert "<html" not in page


def test_search_works_without_scripts(desk):
    TopicFactory(name_en="Fishing card")

    page = page_of(desk.post(SEARCH, {"text": "fishing"}))

    assert "<mark>Fishing</mark> card" in page
    assert "<html" in page


def test_search_that_finds_nothing_says_so(desk):
    page = page_of(desk.post(SEARCH, {"text": "zzzzzz"}))

    assert "No topic found" in page


def test_typed_text_is_shown_as_text(desk):
    page = page_of(desk.post(SEARCH, {"text": "<script>alert(1)</script>"}))

    assert "<script>alert" not in page


def test_cleared_search_shows_all_topics_again(desk):
    TopicFactory(name_en="Fishing card")

    page = page_of(desk.post(SEARCH, {"text": ""}, headers={"HX-Request": "true"}))

    assert "Fishing card" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_empty_search_without_scripts_goes_home(desk, method):
    assert getattr(desk, method)(SEARCH).headers["Location"] == HOME


def test_too_long_search_is_refused_in_words(desk):
    page = page_of(desk.post(SEARCH, {"text": "x" * 201}))

    assert "at most 200 characters" in page


def test_topic_page_says_who_answers_and_whom_to_refer_to(desk):
    topic = TopicFactory(
        urgent=True,
        owner_unit=UnitFactory(name_et="Metsaosakond"),
        owner_basis="unit-name-inferred",
        peak_months=[1, 12],
    )
    topic.referral_bodies.add(ReferralBodyFactory(contact_en="Call 1247.", phone="1247"))
    PhraseFactory(topic=topic, text_en="Please call 1247.")
    version = ArticleVersionFactory(language="en", title="Hurt animals")
    version.article.topics.add(topic)

    page = page_of(desk.get(reverse("knowledge:topic", args=[topic.code])))

    assert "Urgent: call first" in page
    assert 'href="tel:1247"' in page
    for words in (
        "Metsaosakond",
        "to be confirmed",
        "January, December",
        "Call 1247.",
        "Please call 1247.",
        "Hurt animals",
    ):
        assert words in page


def test_default_source_leads_the_articles_of_a_topic(desk):
    topic = TopicFactory()
    for title in ("Aardvark", "Zebra"):
        article = ArticleVersionFactory(language="en", title=title).article
        article.topics.add(topic)
    topic.default_article = article
    topic.save()

    page = page_of(desk.get(reverse("knowledge:topic", args=[topic.code])))

    assert page.index("Zebra") < page.index("Aardvark")


def test_article_opens_in_the_readers_language_with_its_markup(desk):
    article = ArticleFactory()
    ArticleVersionFactory(article=article, language="et", title="Karu")
    ArticleVersionFactory(
        article=article,
        language="en",
        title="Bear",
        body="Keep away.\n\n## Steps\n1. Call **1247**\n2. <b>Wait</b>\n- One\n! Check the date.",
    )

    page = page_of(desk.get(reverse("knowledge:article", args=[article.pk])))

    text = BeautifulSoup(page, "html.parser").select_one("article")
    assert text.h2.text.strip() == "Steps"
    assert [item.text.strip() for item in text.select("ol li")] == ["Call 1247", "<b>Wait</b>"]
    assert text.select_one("ol strong").text == "1247"
    assert "To be verified by an official:" in page
    assert reverse("knowledge:article_version", args=[article.pk, "et", 1]) in page


def test_old_version_says_that_it_no_longer_counts(desk):
    article = ArticleFactory()
    ArticleVersionFactory(article=article, number=1, valid_from=dt.date(2025, 1, 1))
    ArticleVersionFactory(article=article, number=2, valid_from=dt.date(2026, 1, 1))

    old = page_of(desk.get(reverse("knowledge:article_version", args=[article.pk, "et", 1])))
    new = page_of(desk.get(reverse("knowledge:article_version", args=[article.pk, "et", 2])))

    assert "This wording no longer counts." in old
    assert "This wording no longer counts." not in new


@pytest.mark.parametrize("last", ["et/9", "ru/1"])
def test_version_that_never_was_is_not_found(desk, last):
    article = ArticleVersionFactory().article

    assert desk.get(f"/knowledge/articles/{article.pk}/{last}/").status_code == 404


def test_article_without_text_in_force_is_not_found(desk):
    article = ArticleVersionFactory(valid_from=dt.date(2999, 1, 1)).article

    assert desk.get(reverse("knowledge:article", args=[article.pk])).status_code == 404


def test_bodies_and_phrases_and_articles_say_when_there_are_none(desk):
    for name, words in (
        ("home", "There are no topics yet."),
        ("articles", "There are no articles yet."),
        ("referral_bodies", "There are no bodies to refer to yet."),
        ("phrases", "There are no phrases yet."),
    ):
        assert words in page_of(desk.get(reverse(f"knowledge:{name}")))


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_any_length(desk, django_assert_max_num_queries, count):
    for _number in range(count):
        version = ArticleVersionFactory(language="en")
        topic = TopicFactory(urgent=True)
        version.article.topics.add(topic)
        topic.referral_bodies.add(ReferralBodyFactory())
        PhraseFactory(topic=topic)
    urls = [reverse(f"knowledge:{name}") for name in ("articles", "referral_bodies", "phrases")]

    for url in [HOME, *urls, reverse("knowledge:topic", args=[topic.code])]:
        desk.get(url)
        with django_assert_max_num_queries(11):
            page_of(desk.get(url))


def test_someone_without_a_role_sees_nothing(client):
    client.force_login(UserFactory())

    assert client.get(HOME).status_code == 403
