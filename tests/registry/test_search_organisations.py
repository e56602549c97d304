import pytest

from registry.queries import search_organisations
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db


def names(text, **kwargs):
    return [found.name for found in search_organisations(text, **kwargs)]


@pytest.fixture
def _three():
    OrganisationFactory(name="OÜ Põhjala Ökokütus", registry_code="19999905")
    OrganisationFactory(name="Põhja Kalurite Ühistu", registry_code="19999911")
    OrganisationFactory(name="AS Kalurid & Pojad", registry_code="19999928")


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    "typed", ["põhjala", "POHJALA", "ökok", "okokutus", "19999905", "19999905 põhjala", "põhjala,"]
)
def test_any_word_or_the_code_finds_it_however_it_is_typed(typed):
    assert "OÜ Põhjala Ökokütus" in names(typed)


@pytest.mark.usefixtures("_three")
def test_several_words_must_all_fit():
    assert names("kalurite põhja") == ["Põhja Kalurite Ühistu"]
    assert names("kalurite põhjala") == []


@pytest.mark.usefixtures("_three")
def test_names_that_begin_with_what_was_typed_come_first():
    assert names("kalur") == ["AS Kalurid & Pojad", "Põhja Kalurite Ühistu"]


@pytest.mark.usefixtures("_three")
def test_legal_form_is_ignored_beside_other_words_but_must_fit():
    assert names("oü põhjala") == ["OÜ Põhjala Ökokütus"]
    assert names("põhjala as") == []


def test_name_of_legal_form_words_alone_is_found():
    OrganisationFactory(name="Korteriühistu", registry_code="89999901")

    assert names("korteriüh") == ["Korteriühistu"]


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "\\", "&<>", "\x00", "'"])
def test_signs_find_nothing_and_break_nothing(typed):
    assert names(typed) == []


@pytest.mark.usefixtures("_three")
def test_each_organisation_stands_once():
    OrganisationFactory(name="Kala Kalur Kalurid OÜ", registry_code="19999934")

    assert names("kal").count("Kala Kalur Kalurid OÜ") == 1
    assert names("kal", limit=1) == ["Kala Kalur Kalurid OÜ"]


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_for_any_number_found(django_assert_num_queries, count):
    OrganisationFactory.create_batch(count)

    with django_assert_num_queries(2):
        assert len(search_organisations("näidis")) == count
