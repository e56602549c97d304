"""The administrator's page of trusted lists, and what My day says of them."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from documents import actions
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list_source import LIST_OF_LISTS
from tests.documents.signatures import lists, pki
from tests.factories.accounts import UserFactory
from tests.htmx import soup
from workspace.queries.my_day import cards_for

pytestmark = pytest.mark.django_db

PAGE = reverse("documents:trusted_lists")
FETCH = reverse("documents:fetch_trusted_lists")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def fresh(publisher, now):
    """Lists that were fetched today and are to be renewed in half a year."""
    publisher.next_update = publisher.countries["XT"].next_update = now + 180 * pki.DAY
    actions.refresh_trusted_lists(at=now)
    return publisher


@pytest.fixture
def administrator(client):
    user = UserFactory(role="administrator")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def sent(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "documents.tasks.refresh_trusted_lists.apply_async", lambda **options: sent.append(options)
    )
    return sent


def text(client):
    return " ".join(soup(client.get(PAGE)).main.get_text(" ").split())


def card(user, at):
    found = [one for one in cards_for(user, at) if one.key == "trusted-lists"]
    return found[0] if found else None


def of_xt(user, at):
    """Tones and sentences of the card's lines about the list of XT."""
    with translation.override("en"):
        return [(line.tone, line.detail) for line in card(user, at).lines if "XT" in line.title]


# --- My day ---------------------------------------------------------------------------------------


def test_lists_that_are_well_have_no_card(administrator, fresh, now):
    assert card(administrator, now) is None


def test_without_a_list_the_administrator_is_told(administrator, publisher, now):
    ((tone, sentence),) = of_xt(administrator, now)

    assert tone == "bad"
    assert "no signature of this country is valid here" in sentence


@pytest.mark.parametrize(
    ("days", "tones"), [(166.5, ["warn"]), (165.5, []), (179.9, ["warn"]), (180.1, ["bad"])]
)
def test_the_alarm_begins_fourteen_days_before_the_list_is_to_be_renewed(
    administrator, fresh, now, days, tones
):
    at = now + days * pki.DAY
    TrustedListSource.objects.update(tried_at=at, checked_at=at)
    found = card(administrator, at)

    lines = found.lines if found else []
    assert [line.tone for line in lines if "XT" in line.title] == tones
    assert (found.tone if found else "") == (tones[0] if tones else "")


def test_a_list_that_could_not_be_renewed_is_told_with_the_reason(administrator, fresh, now):
    fresh.faults["/XT.xml"] = "error"
    later = now + pki.DAY
    actions.refresh_trusted_lists(at=later)

    ((tone, sentence),) = of_xt(administrator, later)

    assert tone == "warn"
    assert "the last good one is used" in sentence
    assert "not with the list" in sentence


def test_a_list_believed_as_it_is_stays_told(administrator, settings, now):
    settings.LOTL_URL, settings.TRUSTED_LIST_TERRITORIES = "", ["XT"]
    actions.load_as_it_is(
        content=lists.list_xml(*lists.usual(), next_update=now + 180 * pki.DAY),
        name="XT.xml",
        store="live",
        reason="a trial",
        at=now,
    )

    ((tone, sentence),) = of_xt(administrator, now)

    assert tone == "warn"
    assert "a trial" in sentence


@pytest.mark.parametrize("language", ["et", "ru"])
def test_the_alarm_speaks_the_readers_language(client, administrator, publisher, language):
    client.cookies["django_language"] = language

    page = client.get(reverse("workspace:my_day")).content.decode()

    assert {"et": "Usaldusnimekirjad", "ru": "Доверенные списки"}[language] in page
    assert "no signature of this country" not in page


def test_nobody_else_has_the_card(publisher, now):
    assert card(UserFactory(role="coordinator"), now) is None


# --- the page -------------------------------------------------------------------------------------


def test_the_page_shows_what_is_in_force_and_who_verified_it(client, administrator, fresh):
    said = text(client)

    assert "XT in force Number 7" in said
    assert "Keeper of XT, signed by a certificate that the list of lists names (300)" in said
    assert TrustedList.objects.get(territory="XT").sha256 in said


def test_the_page_keeps_the_history(client, administrator, fresh, now):
    fresh.countries["XT"].sequence += 1
    actions.refresh_trusted_lists(at=now + pki.DAY)

    rows = soup(client.get(PAGE)).select("section:last-of-type tbody tr")

    assert [row.select("td")[0].get_text(" ", strip=True) for row in rows] == [
        "Number 8",
        "Number 7",
        "Number 300",
    ]


def test_the_page_says_that_there_is_no_list(client, administrator, publisher):
    said = text(client)

    assert "There is no list: no signature of this country is valid here." in said
    assert "No list has been kept yet." in said


def test_fetch_now_writes_the_wish_down_and_hurries_a_worker(
    client, administrator, fresh, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(FETCH, follow=True)

    assert "The lists are looked for." in answer.content.decode()
    assert len(sent) == 1
    source = TrustedListSource.objects.get(territory=LIST_OF_LISTS)
    assert source.wanted_at is not None


def test_a_worker_that_is_at_it_is_told(client, administrator, fresh, now):
    TrustedListSource.objects.filter(territory=LIST_OF_LISTS).update(leased_until=now + pki.MINUTE)

    assert "The lists are being looked for." in text(client)


def test_where_lists_are_brought_as_files_there_is_no_button(client, administrator, settings, sent):
    settings.LOTL_URL = ""

    page = soup(client.get(PAGE))
    answer = client.post(FETCH, follow=True)

    assert page.select(f'form[action="{FETCH}"]') == []
    assert "load_trusted_list" in page.get_text()
    assert "brought as files" in answer.content.decode()
    assert sent == []


def test_test_lists_in_use_are_told(client, administrator, settings):
    settings.TRUSTED_LIST_STORE, settings.LOTL_URL = "test", ""

    assert "A signature that is valid here proves nothing." in text(client)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "specialist"])
def test_only_the_administrator_opens_the_page_and_fetches(client, role, sent):
    client.force_login(UserFactory(role=role))

    assert client.get(PAGE).status_code == 403
    assert client.post(FETCH).status_code == 403
    assert TrustedListSource.objects.count() == 0


def test_looking_fetches_nothing(client, administrator, fresh):
    assert client.get(FETCH).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_history(
    client, administrator, fresh, now, count, django_assert_num_queries
):
    for day in range(1, count):
        fresh.countries["XT"].sequence += 1
        actions.refresh_trusted_lists(at=now + day * pki.DAY)
    client.get(PAGE)

    with django_assert_num_queries(6):
        client.get(PAGE)
