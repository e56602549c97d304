"""Which inquiries and articles a question finds, judged by lists that a stranger wrote before the word list."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from common.models import WordsStamp
from common.words import of_months
from inquiries import actions
from inquiries.models import Inquiry, InquiryWords
from inquiries.queries import Filters, filtered, matching
from inquiries.typed import typed_of
from knowledge.actions import publish_article_version
from knowledge.queries import search_articles
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import ArticleFactory

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent.parent / "common"
TODAY = dt.date(2026, 11, 23)


def listed(name):
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(question="", **fields):
    fields = {"answer": "", "source_text": "", "client": None, **fields}
    return InquiryFactory(question=question, **fields)


def found(text, by):
    rows = Inquiry.objects.visible_to(by)
    return set(matching(rows, text, by=by, today=TODAY))


def missed(pairs, by):
    """The pairs whose text is not among what the query finds; all texts are there at once."""
    made = dict(zip(pairs, [written(text) for _query, text in pairs], strict=True))
    return [pair for pair in pairs if made[pair] not in found(pair[0], by)]


@pytest.mark.parametrize("name", ["seen", "unseen", "third"])
def test_question_finds_the_text_that_holds_its_words_in_other_forms(name, capsys):
    by = UserFactory(role="specialist")
    pairs = [(row["query"], row["text"]) for row in listed(f"search_pairs_{name}.csv")]

    lost = missed(pairs, by)

    literal = sum(query.lower() in text.lower() for query, text in pairs)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nsearch, {name}: {len(pairs) - len(lost)} of {len(pairs)} found ({literal} are there letter by letter)"
        )
    assert len(pairs) == 200
    assert len(lost) <= 10


def test_word_that_only_looks_alike_finds_nothing():
    """The rule: whole words by their base forms; a beginning counts only of the last word, from
    four letters on, and only if it is no word that we know. None of these pairs is such a one.
    """
    by = UserFactory(role="specialist")
    pairs = [(row["query"], row["text"]) for row in listed("search_negatives.csv")]
    made = {pair: written(pair[1]) for pair in pairs}

    assert len(pairs) >= 50
    assert [pair for pair in pairs if made[pair] in found(pair[0], by)] == []


@pytest.mark.parametrize(
    "text", ["kalastuskaar", "kalastusk", "Emajõ", "veeloa kaev", "JÄÄTMELOA", "jaatmeluba"]
)
def test_word_cut_short_or_typed_without_marks_is_found(text):
    by = UserFactory(role="specialist")
    inquiry = written("Emajõel on kalastuskaart, jäätmeluba, veeluba ja puurkaev.")
    written("Telefon ei tööta.")

    assert found(text, by) == {inquiry}


@pytest.mark.parametrize("text", ["", "ei ole", "?!", "'); drop", '" OR "', "a:* & b", "*", "NOT"])
def test_odd_question_finds_nothing_and_breaks_nothing(text):
    by = UserFactory(role="specialist")
    written("Kala ei ole.")

    assert found(text, by) == set()


def test_all_words_must_be_there():
    by = UserFactory(role="specialist")
    both = written("Küsib veeloa kohta Tartus.")
    written("Küsib veeloa kohta.")

    assert found("veeluba tartu", by) == {both}


def test_name_of_a_client_and_a_word_in_a_text_are_found_together():
    by = UserFactory(role="specialist")
    of_client = written("Midagi muud.", client=ClientFactory(first_name="Kadri", last_name="Hunt"))
    with_word = written("Nägi kahte hunti.")

    assert found("hunt", by) == {of_client, with_word}


def test_number_is_meant_alone():
    by = UserFactory(role="specialist")
    meant = InquiryFactory(number="P-2026-000123")
    written("Vt P-2026-000123.")

    assert found("P-2026-000123", by) == {meant}


def test_text_for_internal_use_is_found_only_by_who_may_read_it():
    hidden = written("Salajane hundikari.", restricted=True)
    reader, other = hidden.agent, UserFactory(role="specialist")

    assert other.has_perm("inquiries.view_inquiry", hidden)
    assert not other.has_perm("inquiries.view_restricted", hidden)
    assert found("hundikari", other) == set()
    assert reader.has_perm("inquiries.view_restricted", hidden)
    assert found("hundikari", reader) == {hidden}


def test_mark_that_has_run_out_hides_nothing():
    inquiry = written("Vana hundikari.", restricted=True, restricted_until=dt.date(2026, 1, 1))

    assert found("hundikari", UserFactory(role="specialist")) == {inquiry}


def test_change_of_the_text_changes_what_it_is_found_by():
    inquiry = written("Küsib põdra kohta.")
    by = inquiry.agent

    actions.change_inquiry(
        inquiry=inquiry,
        version=inquiry.version,
        typed={
            **typed_of(inquiry),
            "question": "Küsib karu kohta.",
            "answer": "Ei.",
            "source_text": "JahiS",
        },
        by=by,
        at=timezone.now(),
    )

    assert (found("põder", by), found("karud", by)) == (set(), {inquiry})


def test_corrected_answer_is_found_and_the_wrong_one_is_not():
    inquiry = written("Küsib tähtaega.", answer="Kolm nädalat.")

    actions.correct_answer(
        inquiry=inquiry,
        what_was_wrong="Vale.",
        correct_answer="Kaks kuud.",
        by=inquiry.agent,
        at=timezone.now(),
    )

    assert found("nädal", inquiry.agent) == set()
    assert found("kuu", inquiry.agent) == {inquiry}


def test_personal_code_in_a_text_is_not_kept():
    by = UserFactory(role="specialist")
    written("Isikukood on 48905050001.")

    assert found("48905050001", by) == set()


def test_new_word_list_writes_all_words_anew():
    by = UserFactory(role="specialist")
    inquiry = written("Küsib karu kohta.")
    InquiryWords.objects.update(words={"midagi"})
    WordsStamp.objects.create(table="inquiries_inquirywords", stamp="of yesterday", is_done=True)

    call_command("renew_words", verbosity=0)

    assert found("karud", by) == {inquiry}
    place = WordsStamp.objects.get(table="inquiries_inquirywords")
    assert (place.is_done, place.stamp != "of yesterday") == (True, True)


def test_inquiry_that_goes_takes_its_words_along():
    by = UserFactory(role="specialist")
    inquiry = written("Küsib karu kohta.")

    inquiry.delete()

    assert (found("karu", by), InquiryWords.objects.count()) == (set(), 0)


def test_article_is_found_by_other_forms_of_its_words_once():
    by, day = UserFactory(role="specialist"), timezone.localdate()
    article = ArticleFactory()
    for language, title, body in (
        ("et", "Metsloomad asulas", "Hunte ja karusid nähes helista 1247."),
        ("ru", "Дикие животные", "Волк или медведь: звоните 1247."),
    ):
        publish_article_version(
            article=article, language=language, title=title, body=body, law_reference="",
            valid_from=day, by=by, at=timezone.now(),
        )  # fmt: skip

    def titles(text):
        return [version.title for version in search_articles(text, by=by)]

    assert titles("hundi") == ["Metsloomad asulas"]
    assert titles("волков") == ["Дикие животные"]
    assert titles("1247") == ["Metsloomad asulas"]
    assert titles("kala") == []


def test_wording_that_has_been_replaced_is_not_found():
    by, day = UserFactory(role="specialist"), timezone.localdate()
    article = ArticleFactory()
    for body in ("Helista hundi pärast.", "Helista karu pärast."):
        publish_article_version(
            article=article, language="et", title="Loomad", body=body, law_reference="",
            valid_from=day, by=by, at=timezone.now(),
        )  # fmt: skip

    assert search_articles("hunt", by=by) == []
    assert [version.number for version in search_articles("karu", by=by)] == [2]


@pytest.mark.parametrize("days", [0, 29, 89, 400])
def test_search_within_a_period_finds_what_the_months_of_it_hold(days):
    by = UserFactory(role="specialist")
    at = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(0, 5)))
    written("Küsib tiigi kohta", started_at=at - dt.timedelta(days=days))
    since = TODAY - dt.timedelta(days=90)

    shown = filtered(Filters(since=since, text="tiik"), by=by, today=TODAY)

    assert shown.count() == (days < 90)
    assert filtered(Filters(text="tiik"), by=by, today=TODAY).count() == 1


def test_months_are_asked_for_across_the_turn_of_a_year_and_not_for_many_years():
    [asked] = of_months(dt.date(2025, 11, 30), dt.date(2026, 2, 1))

    assert asked.forms == {"month202511", "month202512", "month202601", "month202602"}
    assert of_months(dt.date(2020, 1, 1), TODAY) == []
