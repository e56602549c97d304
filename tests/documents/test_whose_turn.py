"""Which open cases wait for us and which for the client."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import AccessCase, Paper
from documents.states import FOR_US, WITH_THE_CLIENT, CaseState, PaperState
from tests.documents.pages import signed_in
from tests.documents.situations import World
from tests.factories.documents import AccessCaseFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
LIST = reverse("documents:list")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def numbers(client, **chosen):
    return [one.text for one in soup(client.get(LIST, chosen)).select("tbody th a")]


def turns(case):
    return {
        "us": AccessCase.objects.for_us().filter(pk=case.pk).exists(),
        "client": AccessCase.objects.with_the_client().filter(pk=case.pk).exists(),
    }


def test_case_of_several_papers_may_wait_for_both():
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA"))
    assert turns(world.case) == {"us": True, "client": False}
    world.draft().seal().send()
    assert turns(world.case) == {"us": False, "client": True}

    authorisation = world.papers[1]
    Paper.objects.filter(pk=authorisation.pk).update(state=PaperState.RETURNED)

    assert turns(world.case) == {"us": True, "client": True}


def test_case_that_needs_advice_alone_waits_for_us():
    assert turns(AccessCaseFactory(kotkas=True)) == {"us": True, "client": False}


def test_closed_case_waits_for_nobody():
    world = World().draft().seal().send()
    AccessCase.objects.filter(pk=world.case.pk).update(state="cancelled", closed_at=timezone.now())

    assert turns(world.case) == {"us": False, "client": False}


def test_case_state_has_the_name_of_the_paper_state():
    assert {state.value for state in (*FOR_US, *WITH_THE_CLIENT)} <= set(CaseState.values)


def test_list_is_narrowed_to_whose_turn_it_is_the_oldest_first(client):
    signed_in(client)
    now = timezone.now()
    new = AccessCaseFactory(started_at=now, kotkas=True)
    old = AccessCaseFactory(started_at=now - dt.timedelta(days=9), kotkas=True)
    sent = World().draft().seal().send().case

    assert numbers(client, turn="us", state="open") == [old.number, new.number]
    assert numbers(client, turn="client", state="open") == [sent.number]
    assert set(numbers(client)) == {old.number, new.number, sent.number}


def test_choice_stands_in_the_form_and_leads_to_the_next_page(client):
    signed_in(client)
    AccessCaseFactory.create_batch(51, kotkas=True)

    page = soup(client.get(LIST, {"turn": "us"}))

    assert page.select_one("[name=turn][checked]")["value"] == "us"
    assert "turn=us" in page.select_one("[rel=next]")["href"]
    assert (
        len(soup(client.get(LIST + page.select_one("[rel=next]")["href"])).select("tbody tr")) == 1
    )


def test_list_leads_to_what_is_to_be_signed_and_to_access_held(client):
    signed_in(client)

    page = client.get(LIST).content.decode()

    assert reverse("documents:to_sign") in page
    assert reverse("documents:access") in page


# Letters that did not arrive are looked for where there are cases.
@pytest.mark.parametrize(("turn", "queries"), [("us", 6), ("client", 4)])
def test_whose_turn_costs_no_more_queries(client, turn, queries, django_assert_num_queries):
    signed_in(client)
    AccessCaseFactory.create_batch(3)

    with django_assert_num_queries(queries):
        client.get(LIST, {"turn": turn}, headers={"HX-Request": "true"})
