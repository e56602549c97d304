"""What a case waits for stands at its head, and whose turn it is in each row of the list."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import AccessCase, Paper
from documents.next_steps import SENTENCES, Turn, next_steps
from documents.states import FOR_US, SETTLED, WITH_THE_CLIENT, PaperState
from tests.documents.pages import signed_in
from tests.documents.situations import World
from tests.factories.documents import AccessCaseFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def coordinator(client):
    client.cookies["django_language"] = "en"
    return signed_in(client, role="coordinator")


def words(page, where):
    return [" ".join(one.text.split()) for one in page.select(where)]


def test_every_state_in_which_something_waits_has_a_sentence():
    assert {*FOR_US, *WITH_THE_CLIENT} <= set(SENTENCES)
    assert set(PaperState) - set(SENTENCES) == set(SETTLED) - {PaperState.ENTERED}


@pytest.mark.parametrize("state", FOR_US)
def test_step_is_ours_where_the_list_says_so(state):
    assert [step.turn for step in next_steps([Paper(state=state)])] == [Turn.US]


def test_loose_draft_is_to_be_put_into_a_container_and_one_in_it_to_be_sent():
    loose, sealed = Paper(state="draft_ready"), Paper(state="draft_ready", envelope_id=1)

    (first,), (second,) = next_steps([loose, loose]), next_steps([sealed])

    assert str(first.sentence).startswith("Lugege eelnõud läbi")
    assert str(second.sentence).startswith("Saatke ümbrik kliendile")


def test_our_steps_come_before_what_lies_with_the_client():
    steps = next_steps([Paper(state="sent", envelope_id=1), Paper(state="returned", envelope_id=2)])

    assert [step.turn for step in steps] == [Turn.US, Turn.CLIENT]


def test_head_of_the_page_follows_the_case(client, coordinator):
    world = World()
    address = reverse("documents:case", args=[world.case.pk])
    assert words(soup(client.get(address)), ".turn .pill") == ["For us"]

    world.draft().seal().send()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "turn"})

    assert words(soup(part), ".turn li") == [
        "For the client Everybody who is asked to sign has a letter with a link."
    ]
    AccessCase.objects.filter(pk=world.case.pk).update(state="done", closed_at=timezone.now())
    assert not soup(client.get(address)).select(".turn")


def test_list_says_in_each_row_whose_turn_it_is(client, coordinator):
    AccessCaseFactory(kotkas=True)
    both = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()
    Paper.objects.filter(pk=both.papers[1].pk).update(state=PaperState.RETURNED)

    page = soup(client.get(reverse("documents:list")))

    assert words(page, "tbody .turn-words") == ["For us", "For us, For the client"]


def test_page_has_one_main_button_for_the_container_that_is_next(client, coordinator):
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal()

    page = soup(client.get(reverse("documents:case", args=[world.case.pk])))

    assert words(page, "#work .btn-primary") == ["Send the letters"]
    assert len(page.select("#work form[action$='/send/']")) == 2


def test_fields_of_two_containers_on_one_page_have_their_own_labels(client, coordinator):
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal()

    page = soup(client.get(reverse("documents:case", args=[world.case.pk])))

    names = [one["id"] for one in page.select("#work [id]")]
    assert sorted(names) == sorted(set(names))


def test_refused_reason_stands_at_its_own_paper_and_stays_typed(client, coordinator):
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft()
    first, second = world.papers
    typed = {"redo-version": world.version, "redo-reason": "x" * 501}

    answer = client.post(reverse("documents:redo", args=[first.pk]), typed)

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#id_{first.pk}_redo-reason")["value"] == typed["redo-reason"]
    assert page.select_one(f"#id_{first.pk}_redo-reason")["aria-invalid"] == "true"
    assert not page.select_one(f"#id_{second.pk}_redo-reason").get("value")
    assert len(page.select(".error-summary")) == 1
