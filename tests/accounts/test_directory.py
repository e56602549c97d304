import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Responsibility
from accounts.queries import directory
from knowledge.actions import renew_topic_index
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.knowledge import TopicFactory
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def responsible(topic_code, county="", **kwargs):
    user = UserFactory(**kwargs)
    Responsibility.objects.create(user=user, topic_code=topic_code, county=county)
    return user


def found(*args, **kwargs):
    return {line.user for line in directory(*args, at=NOON, **kwargs)}


def test_topic_finds_those_named_for_it_and_for_its_group():
    group, topic = responsible("METS"), responsible("METS-TEATIS")
    responsible("METS-SEIS")
    responsible("VESI")

    assert found("METS-TEATIS") == {group, topic}


def test_county_finds_those_of_the_county_and_of_all_estonia():
    here, everywhere = responsible("JARELEVALVE", "Pärnu"), responsible("JARELEVALVE")
    responsible("JARELEVALVE", "Tartu")

    assert found("JARELEVALVE", "Pärnu") == {here, everywhere}


def test_present_means_seen_lately_and_not_away():
    recently, long_ago = NOON - dt.timedelta(minutes=2), NOON - dt.timedelta(hours=1)
    UserFactory(first_name="A", last_seen_at=long_ago)
    UserFactory(first_name="B", last_seen_at=recently)
    UserFactory(first_name="C", last_seen_at=recently, away_since=recently)
    UserFactory(first_name="D")

    lines = directory(at=NOON)

    assert [line.user.first_name for line in lines if line.is_present] == ["B"]
    assert lines[0].user.first_name == "B"


def test_letters_of_any_case_find_a_name():
    user = UserFactory(first_name="Õnne", last_name="Põld")

    assert found(text="õnne PÕLD") == {user}
    assert found(text="õnne pold") == set()


def test_closed_account_is_not_in_the_directory():
    responsible("METS", is_active=False)

    assert found("METS") == set()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_length(client, django_assert_num_queries, count):
    for _ in range(count):
        responsible("METS", unit=UnitFactory())
    client.force_login(UserFactory(role="specialist"))
    url = reverse("accounts:directory")

    with django_assert_num_queries(7):  # one for the names of topics
        page = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<h1>" not in page


def test_name_typed_finds_by_htmx_what_the_whole_page_finds(client):
    UserFactory(first_name="Kadri", last_name="Lepp")
    client.force_login(UserFactory(role="specialist"))
    url = reverse("accounts:directory")
    first = soup(client.get(url))

    answer = soup(client.post(url, {"text": "kadri"}, headers={"HX-Request": "true"}))

    fresh = soup(client.post(url, {"text": "kadri"}))
    page = swapped(first, answer, target="#directory")
    assert page.select_one("#directory").prettify() == fresh.select_one("#directory").prettify()
    assert [row.th.get_text(strip=True) for row in fresh.select("#directory tbody tr")] == [
        "Kadri Lepp"
    ]


def test_name_in_the_address_is_not_searched_for(client):
    client.force_login(UserFactory(role="specialist", first_name="Mari"))

    page = client.get(reverse("accounts:directory"), {"text": "nobody-at-all"})

    assert "Mari" in page.content.decode()


def test_county_that_does_not_exist_is_left_out_of_account(client):
    client.force_login(UserFactory(role="specialist"))

    response = client.get(reverse("accounts:directory"), {"county": "Narnia"})

    assert response.status_code == 200


def test_click_makes_present_and_is_written_once_a_minute(client, django_assert_num_queries):
    user = UserFactory(role="specialist")
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(last_login=timezone.now() - dt.timedelta(hours=1))

    client.get(reverse("accounts:competences"))

    user.refresh_from_db()
    seen = user.last_seen_at
    assert user.is_present(timezone.now())
    client.get(reverse("accounts:competences"))
    user.refresh_from_db()
    assert user.last_seen_at == seen


def test_topic_is_meant_by_words_of_its_name_and_shown_by_its_name(client):
    topic = TopicFactory(code="VESI-LUBA", name_et="Veeluba")
    renew_topic_index()
    here, _other = responsible("VESI-LUBA", last_name="Tamm"), responsible("METS")
    client.force_login(UserFactory(role="specialist"))
    url = reverse("accounts:directory")

    page = soup(client.post(url, {"topic": "veeloa"}))

    assert [row.th.get_text(strip=True) for row in page.select("#directory tbody tr")] == [
        str(here)
    ]
    assert topic.name_et in page.select_one("#directory").get_text()
    assert "VESI-LUBA" not in page.select_one("#directory tbody").get_text()


def test_code_of_a_topic_that_nobody_named_is_shown_as_it_is(client):
    responsible("METS-X")
    client.force_login(UserFactory(role="specialist"))

    page = client.get(reverse("accounts:directory")).content.decode()

    assert "METS-X" in page
