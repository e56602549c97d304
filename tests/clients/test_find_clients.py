import datetime as dt

import pytest

from clients import actions
from clients.queries import find_clients
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def found(text, clerk):
    return [match.client for match in find_clients(text, by=clerk)]


@pytest.mark.parametrize(
    "typed",
    [
        "8400 1234",
        "84001234",
        "+372 8400 1234",
        "+3728400-1234",
        "00372 8400 1234",
        "0037284001234",
        "372 84 00 12 34",
        "(+372) 8400/1234",
        "84001",
        "8400 12",
        "01234",
        "4 0012",
        "37284001",
        "+372 84001",
        "00372 84001",
        "tel:+372-8400-1234",
        "Tel. 8400 1234",
        "8400 1234 ext 12",
        "+372 (0) 8400 1234",
        "８４００１２３４",
    ],
)
def test_any_spelling_of_a_number_finds_its_client(clerk, typed):
    client = ClientFactory(phone="+37284001234")
    ClientFactory(phone="+37283995555")

    assert found(typed, clerk) == [client]


def test_four_digits_are_too_few_to_look_for(clerk):
    ClientFactory(phone="+37284001234")

    assert found("8400", clerk) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Õnnela",
        "onnela",
        "ÕNN",
        "mari onn",
        "Õnnela, Mari",
        "onnela mari-liis",
        "mariliis",
        "liis õ",
    ],
)
def test_words_of_a_name_find_it_in_any_order_without_diacritics(clerk, typed):
    client = ClientFactory(first_name="Mari-Liis", last_name="Õnnela")
    ClientFactory(first_name="Mari-Liis", last_name="Kuusk")
    ClientFactory(first_name="Mart", last_name="Onnes", name="Jüri Onnes")

    matches = found(typed, clerk)

    assert matches[0] == client or typed == "mariliis"
    assert client in matches


@pytest.mark.parametrize(
    "typed", ["Елена Щербакова", "щербак", "jelena", "Štšerbakova", "stserb jel"]
)
def test_russian_names_are_found_in_both_alphabets(clerk, typed):
    client = ClientFactory(first_name="Jelena", last_name="Štšerbakova")

    assert found(typed, clerk) == [client]


@pytest.mark.parametrize("typed", ["kuusik", "OÜ Kuusik", "ou kuus", "18000044", "18000"])
def test_organisation_is_found_by_name_and_registry_code(clerk, typed):
    client = ClientFactory(organisation=True, name="Kuusik ja Pojad OÜ", registry_code="18000044")
    ClientFactory(organisation=True, name="Lepik OÜ", registry_code="19000044")

    assert found(typed, clerk) == [client]


@pytest.mark.parametrize(
    "typed", ["mari@example.ee", "MARI@EXAMPLE.EE", "mari@", "mari@example.ee, kask"]
)
def test_address_finds_its_client(clerk, typed):
    client = ClientFactory(last_name="Kask", email="mari@example.ee")
    ClientFactory(email="mart@example.ee")

    assert found(typed, clerk) == [client]


@pytest.mark.parametrize("typed", [CODE, "370 0101 1004", "370-01011004"])
def test_personal_code_finds_its_person_only_when_whole(clerk, typed):
    client = actions.create_client(
        kind="person", first_name="Jaan", last_name="Tamm", personal_code=CODE, by=clerk, at=NOON
    )

    matches = find_clients(typed, by=clerk)

    assert [(match.client, match.matched_by) for match in matches] == [(client, "personal_code")]
    assert found(CODE[:8], clerk) == []


def test_whole_word_comes_before_a_beginning(clerk):
    ClientFactory.create_batch(3, last_name="Metsaveer")
    client = ClientFactory(last_name="Mets")

    assert found("mets", clerk)[0] == client


def test_match_says_why_and_masks_the_contact(clerk):
    ClientFactory(phone="+37284001234", email="mari@example.ee")

    by_phone = find_clients("84001234", by=clerk)[0]
    by_email = find_clients("mari@example.ee", by=clerk)[0]

    assert (by_phone.matched_by, by_phone.contact) == ("phone", "+372 84** **34")
    assert (by_email.matched_by, by_email.contact) == ("email", "m***@example.ee")


def test_who_may_not_see_clients_finds_none():
    ClientFactory(last_name="Kask")

    assert found("kask", UserFactory(role="administrator")) == []


def test_no_more_than_the_limit_are_found(clerk):
    ClientFactory.create_batch(5, last_name="Kask", phone=None)

    assert len(find_clients("kask", by=clerk, limit=3)) == 3


@pytest.mark.parametrize(
    "typed", ["", " ", "k", "-", "@", "%", "_", "\\", "k%", "12", "🙂", "a" * 5000]
)
def test_odd_text_finds_nothing_and_breaks_nothing(clerk, typed):
    ClientFactory(last_name="Kask")

    assert found(typed, clerk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_for_any_number_of_matches(clerk, django_assert_num_queries, count):
    ClientFactory.create_batch(count, last_name="Kask")
    clerk.has_perm("clients.view_client")

    with django_assert_num_queries(4):
        found("kask", clerk)


def test_one_number_of_two_countries_finds_both_persons(clerk):
    people = [
        actions.create_client(
            kind="person", name=country, country=country, personal_code=CODE, by=clerk, at=NOON
        )
        for country in ("EE", "LT")
    ]

    assert found(CODE, clerk) == people
