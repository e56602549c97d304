"""What a caller holds in the portal, beside the call."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from documents.models import Access
from documents.signers import code_hash
from inquiries.models import IdentificationRule
from inquiries.queries.identification import read_rules_anew
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import AccessCaseFactory, PaperFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
KATI = "47001011027"
TODAY = timezone.localdate()


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def organisation():
    return ClientFactory(organisation=True, name="Näidis OÜ", registry_code="19999905")


def grant(kind="agreement", *, case=None, **fields):
    paper = PaperFactory(requested=True, **({"case": case} if case else {}))
    person = (
        {} if kind == "agreement" else {"person_name": "Kati Kask", "masked_code": "47001******"}
    )
    return Access.objects.create(
        organisation_code="19999905",
        organisation_name="Näidis OÜ",
        kind=kind,
        granted_by=paper,
        **({"valid_from": TODAY} | person | fields),
    )


def panel(client, chosen, how="facts"):
    answer = client.get(
        reverse("workspace:accesses", args=[chosen.pk]),
        {"identified_how": how},
        headers={"HX-Request": "true"},
    )
    return soup(answer)


def shown(page):
    return [" ".join(one.text.split()) for one in page.select(".hist > li b")]


def test_caller_card_loads_the_panel_beside_the_form(client, agent, organisation):
    url = reverse("workspace:choose_caller")
    page = soup(client.post(url, {"client": organisation.pk}))

    address = reverse("workspace:accesses", args=[organisation.pk])
    assert page.select_one(f'[hx-get="{address}"]')["hx-include"] == "#call-identified-how"


def test_organisation_shows_open_cases_and_what_is_held_today(client, agent, organisation):
    open_case = AccessCaseFactory(client=organisation, started_at=timezone.now())
    AccessCaseFactory(client=organisation, state="cancelled", closed_at=timezone.now())
    yesterday = TODAY - dt.timedelta(days=1)
    grant(case=open_case)
    grant("main_user", case=open_case)
    grant("user", case=open_case, valid_from=yesterday, ends_on=yesterday, person_name="Läinud")

    page = panel(client, organisation)

    assert shown(page) == [open_case.number, "User agreement", "Main user · Kati Kask"]
    assert "47001******" in page.text
    assert AccessEntry.objects.filter(what="access.list", by_id=agent.pk).count() == 1


def test_person_shows_what_is_held_for_every_organisation(client, agent):
    kati = ClientFactory(personal_code=KATI)
    grant("main_user", code_hash=code_hash(KATI, "EST"))
    grant("user", code_hash=code_hash("37001011004", "EST"), person_name="Jüri Õunapuu")

    page = panel(client, kati)

    assert shown(page) == ["Main user"]
    assert "Näidis OÜ" in page.text
    assert "Jüri" not in page.text
    assert KATI not in str(page)


def test_same_number_of_another_country_is_another_person(client, agent):
    grant("main_user", code_hash=code_hash(KATI, "EST"))

    assert shown(panel(client, ClientFactory(personal_code=KATI, country="LT"))) == []


@pytest.mark.parametrize(("how", "is_enough"), [("not", False), ("facts", True), ("x", False)])
def test_what_may_be_told_follows_how_the_caller_was_identified(
    client, agent, organisation, how, is_enough
):
    grant()

    line = panel(client, organisation, how).select_one("[data-needs]")

    assert line.select_one("[data-enough]").has_attr("hidden") != is_enough
    assert line.select_one("[data-lacks]").has_attr("hidden") == is_enough


def test_identification_that_is_needed_is_data(client, agent, organisation):
    grant()
    IdentificationRule.objects.filter(spoken_of="accesses").update(least="number")
    read_rules_anew()

    line = panel(client, organisation, "number").select_one("[data-needs]")

    assert line.select_one("[data-lacks]").has_attr("hidden")
    read_rules_anew()


def test_client_without_anything_is_said_to_have_nothing(client, agent):
    page = panel(client, ClientFactory())

    assert "No access and no open case." in page.text
    assert not AccessEntry.objects.filter(what="access.list").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_panel_costs_the_same_for_any_number(
    client, agent, organisation, count, django_assert_max_num_queries
):
    for _each in range(count):
        grant("main_user", case=AccessCaseFactory(client=organisation))

    with django_assert_max_num_queries(10):
        assert len(shown(panel(client, organisation))) == 2 * count


def test_panel_is_for_those_who_may_see_accesses(client, organisation):
    client.force_login(UserFactory(role="administrator"))

    assert client.get(reverse("workspace:accesses", args=[organisation.pk])).status_code == 403
