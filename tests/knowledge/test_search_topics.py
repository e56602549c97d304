import csv
import time
from pathlib import Path

import pytest
from django.utils import translation

from knowledge import actions
from knowledge.models import Topic, TopicTerm
from knowledge.queries import search_topics
from tests.factories.knowledge import TopicFactory, TopicTermFactory

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


def codes(text, limit=9):
    return [match.topic.code for match in search_topics(text, limit=limit)]


def marked(parts):
    return [part.text for part in parts if part.is_marked]


def plain(parts):
    return "".join(part.text for part in parts)


def seen():
    with (HERE / "queries_seen.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unseen():
    with (HERE / "queries_unseen.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_a_stranger(name):
    with (HERE / f"topic_queries_{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{"text": row["query"], "code": row["code"]} for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "most_missed"), [("seen", 5), ("unseen", 15), ("third", 15)])
@pytest.mark.usefixtures("_reference_data")
def test_queries_of_a_stranger_find_their_topic_in_the_top_three(name, most_missed, capsys):
    queries = by_a_stranger(name)
    missed = [row["text"] for row in queries if row["code"] not in codes(row["text"], 3)]

    with capsys.disabled():
        print(f"\ntopic search, a stranger's {name} list: {100 - len(missed)} of 100")  # noqa: T201
    assert len(queries) == 100
    assert len(missed) <= most_missed


@pytest.mark.usefixtures("_reference_data")
def test_russian_in_latin_letters_is_understood():
    assert "JARE-TRAHV" in codes("shtraf", 3)
    assert "KALA-KAART" in codes("rybolovnaya karta", 3)


@pytest.mark.parametrize(("name", "queries"), [("seen", seen()), ("unseen", unseen())])
@pytest.mark.usefixtures("_reference_data")
def test_what_people_type_finds_its_topic_in_the_top_three(name, queries, capsys):
    missed = [
        (row["text"], row["code"]) for row in queries if row["code"] not in codes(row["text"], 3)
    ]

    rate = 1 - len(missed) / len(queries)
    with capsys.disabled():
        print(f"\ntopic search, {name}: {rate:.1%} of {len(queries)} in the top 3; missed {missed}")  # noqa: T201
    assert len(queries) >= 60
    assert rate >= 0.95


@pytest.mark.usefixtures("_reference_data")
def test_examples_of_the_design_are_in_the_top_three():
    wanted = {
        "raierahu": "METS-PIIRANG",
        "kalastuskaart": "KALA-KAART",
        "доверенность": "EPORT-VOLIKIRI",
        "veeluba": "VESI-LUBA",
        "veeloa": "VESI-LUBA",
        "KALASTUSKAART": "KALA-KAART",
        "отчет об отходах": "JAAT-ARUANNE",
        "отчёт об отходах": "JAAT-ARUANNE",
        "oigus kalastada": "KALA-HARRASTUS",
    }

    assert [text for text, code in wanted.items() if code not in codes(text, 3)] == []


@pytest.mark.usefixtures("_reference_data")
def test_each_keystroke_of_a_long_word_leads_there():
    found = [codes("kalastuskaart"[:length], 9) for length in range(4, 14)]

    assert all("KALA-KAART" in match for match in found)


@pytest.mark.usefixtures("_reference_data")
def test_search_takes_no_longer_than_ten_milliseconds_for_nearly_all():
    queries = [row["text"] for row in seen() + unseen()]
    search_topics("warm")
    spent = []
    for text in queries:
        began = time.process_time()  # other tests on the machine do not count
        search_topics(text)
        spent.append(time.process_time() - began)

    # The bench measures p95 <= 10 ms on a quiet machine; here it only must not be out of hand.
    assert sorted(spent)[int(len(spent) * 0.95)] < 0.1


def test_name_in_the_readers_language_is_marked_where_it_answers():
    TopicFactory(name_et="Kalastuskaart", name_ru="Рыболовная карта")

    (match,) = search_topics("kalast")
    with translation.override("ru"):
        (russian,) = search_topics("рыболовной")

    assert (plain(match.name), marked(match.name)) == ("Kalastuskaart", ["Kalast"])
    assert match.synonym == ()
    assert marked(russian.name) == ["Рыболовно"] or marked(russian.name) == ["Рыболовн"]


def test_synonym_that_answered_is_shown_with_its_mark():
    topic = TopicFactory(name_et="Raiepiirangud")
    TopicTermFactory(topic=topic, text="kevadine linnurahu")

    (match,) = search_topics("linnurahust")

    assert plain(match.synonym) == "kevadine linnurahu"
    assert marked(match.synonym) == ["linnurahu"]


def test_marks_stand_right_after_letters_with_diacritics():
    TopicFactory(name_et="Õhusaasteluba ja jäätmeluba")

    (match,) = search_topics("jaatmeluba")

    assert marked(match.name) == ["jäätmeluba"]


def test_groups_and_retired_topics_are_not_offered():
    retired = TopicFactory(name_et="Kalapüük vanasti", is_active=False)
    current = TopicFactory(name_et="Kalapüük", parent__name_et="Kala")

    assert codes("kalapüük") == [current.code]
    assert retired.code not in codes("vanasti")


def test_word_of_a_group_leads_to_its_topics():
    topic = TopicFactory(name_et="Püügiaruanne", parent__name_et="Kalandus")

    (match,) = search_topics("kalandus")

    assert (match.topic, match.synonym) == (topic, ())


@pytest.mark.parametrize("text", ["", "   ", "?!", "%", "'; drop table", "x" * 5000, "\x00", "ß"])
def test_odd_input_is_answered(text):
    TopicFactory(name_et="Kalapüük")

    assert search_topics(text) == []


def test_new_word_is_found_at_once():
    topic = TopicFactory(name_et="Kalastuskaart")
    search_topics("võrgukaart")
    TopicTerm.objects.create(topic=topic, language="et", text="võrgukaart")

    actions.renew_topic_index()

    assert codes("võrgukaart") == [topic.code]


def test_deleted_topic_is_not_offered_from_a_stale_index():
    topic = TopicFactory(name_et="Kalastuskaart")
    search_topics("kalastuskaart")
    Topic.objects.filter(pk=topic.pk).delete()

    assert search_topics("kalastuskaart") == []


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_for_any_number_found(count, django_assert_num_queries):
    for number in range(count):
        TopicFactory(name_et=f"Kalapüük {number}")
    search_topics("kalapüük")

    with django_assert_num_queries(2):
        assert len(search_topics("kalapüük")) == count
