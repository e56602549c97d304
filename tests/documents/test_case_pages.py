import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from documents.models import AccessCase, Paper
from documents.states import CaseState, PaperState
from tests.documents.pages import case_url, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.documents import (
    AccessCaseFactory,
    PaperFactory,
    SignerFactory,
    ready_for_draft,
)
from tests.factories.inquiries import InquiryFactory
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db


def test_three_answers_start_a_case(client):
    user = signed_in(client)
    OrganisationFactory(registry_code="19999905", name="Näidis OÜ")
    InquiryFactory(agent=user)

    answer = client.post(
        reverse("documents:start"),
        {"key": uuid.uuid4(), "portal": "e_services", "organisation": "1999 9905"},
    )

    case = AccessCase.objects.get()
    assert answer.url == case_url(case)
    assert (case.organisation_code, case.responsible) == ("19999905", user)


def test_words_of_the_name_offer_organisations_to_choose_from(client):
    signed_in(client)
    OrganisationFactory.create_batch(2)

    answer = client.post(
        reverse("documents:start"),
        {"key": uuid.uuid4(), "portal": "e_services", "organisation": "näidis"},
    )

    page = soup(answer)
    assert answer.status_code == 422
    assert len(page.select("input[name=organisation_code]")) == 2
    assert page.select_one("input[name=organisation]")["value"] == "näidis"


def test_organisations_are_offered_while_the_name_is_typed(client):
    signed_in(client)
    OrganisationFactory(name="Kuusik OÜ")

    answer = client.post(reverse("documents:find_organisation"), {"organisation": "kuus"})

    assert "Kuusik OÜ" in answer.content.decode()


def test_portal_must_be_said_first(client):
    signed_in(client)

    answer = client.post(
        reverse("documents:start"), {"key": uuid.uuid4(), "organisation": "19999905"}
    )

    assert answer.status_code == 422
    assert not AccessCase.objects.exists()


def test_kotkas_shows_advice_in_three_languages_and_closes(client):
    user = signed_in(client)
    case = AccessCaseFactory(kotkas=True, responsible=user)

    page = soup(client.get(case_url(case)))
    client.post(reverse("documents:advise", args=[case.pk]), {"version": 1})

    assert [one["lang"] for one in page.select("section[lang]")] == ["et", "en", "ru"]
    case.refresh_from_db()
    assert case.state == CaseState.ADVISED


def test_page_names_what_is_missing_and_leads_there(client):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)
    paper.case.client.contact_points.all().delete()

    page = soup(client.get(case_url(paper.case)))

    links = [one["href"] for one in page.select(".missing a")]
    assert links == ["#contacts", "#contacts"]  # the form proposes the people
    assert all(page.select_one(link) for link in links)


def test_the_only_person_and_the_only_signatory_are_proposed(client):
    user = signed_in(client)
    paper, mari = ready_for_draft(case__responsible=user)

    page = soup(client.get(case_url(paper.case)))

    assert page.select_one("input[name=people][checked]")["value"] == str(mari.pk)
    assert page.select_one("select[name=delegation] option[selected]")


def test_one_press_makes_the_draft(client):
    user = signed_in(client)
    paper, mari = ready_for_draft(case__responsible=user)
    page = soup(client.get(case_url(paper.case)))
    chosen = page.select_one("select[name=delegation] option[selected]")["value"]

    answer = client.post(
        reverse("documents:request_draft", args=[paper.pk]),
        {"version": 1, "people": mari.pk, "delegation": chosen},
    )

    paper.refresh_from_db()
    assert answer.status_code == 302
    assert paper.state == PaperState.DRAFT_REQUESTED


def test_refused_draft_says_at_the_field_what_is_missing(client):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)

    answer = client.post(reverse("documents:request_draft", args=[paper.pk]), {"version": 1})

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(".error-summary a[href^='#id_people']")


def test_person_typed_by_hand_is_checked_first(client):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)

    client.post(
        reverse("documents:choose_signers", args=[paper.pk]),
        {
            "version": 1,
            "hand_name": "Uuno Uus",
            "hand_code": "37001011004",
            "hand_country": "EST",
            "hand_job_title": "volitatud isik",
            "hand_basis": "volikirja",
        },
    )

    paper.refresh_from_db()
    check = paper.representation_check
    assert [one.name for one in paper.signers.all()] == ["Uuno Uus"]
    assert [(one.name, one.code) for one in check.signatories.all()] == [
        ("Uuno Uus", "37001011004")
    ]
    page = client.get(case_url(paper.case)).content.decode()
    assert "37001011004" not in page


def test_wrong_personal_code_is_refused_at_its_field(client):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)

    answer = client.post(
        reverse("documents:choose_signers", args=[paper.pk]),
        {"version": 1, "hand_name": "X", "hand_code": "37001011005", "hand_job_title": "y"},
    )

    page = soup(answer)
    assert page.select_one("#id_hand_code[aria-invalid]")
    assert page.select_one("#id_hand_name")["value"] == "X"


def test_contacts_are_given_on_the_page_of_the_case(client):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user, case__client=None)

    client.post(
        reverse("documents:give_contacts", args=[paper.case.pk]),
        {"phone": "5300 1234", "email": "Uus@Naidis.example.ee"},
    )

    paper.case.refresh_from_db()
    card = paper.case.client
    assert (card.name, card.registry_code) == ("Näidis OÜ", "19999905")
    assert {one.value for one in card.contact_points.all()} == {
        "+37253001234",
        "uus@naidis.example.ee",
    }


def test_draft_set_aside_begins_anew_under_another_number(client):
    user = signed_in(client)
    paper = PaperFactory(requested=True, case__responsible=user)
    paper.signers.add(SignerFactory(paper=paper))

    client.post(
        reverse("documents:redo", args=[paper.pk]),
        {"redo-version": 1, "redo-reason": "Vale aadress"},
    )

    paper.refresh_from_db()
    new = Paper.objects.exclude(pk=paper.pk).get()
    assert (paper.state, paper.cancel_reason) == (PaperState.CANCELLED, "Vale aadress")
    assert (new.state, new.number, new.case.state) == ("started", None, CaseState.STARTED)
    assert "Vale aadress" in client.get(case_url(paper.case)).content.decode()


def test_cancelling_needs_a_reason(client):
    user = signed_in(client)
    case = AccessCaseFactory(responsible=user)
    url = reverse("documents:cancel", args=[case.pk])

    refused = client.post(url, {"cancel-version": 1, "cancel-reason": ""})
    client.post(url, {"cancel-version": 1, "cancel-reason": "Klient loobus"})

    case.refresh_from_db()
    assert refused.status_code == 422
    assert (case.state, case.close_reason) == (CaseState.CANCELLED, "Klient loobus")


def test_case_is_handed_over_to_a_colleague(client):
    user = signed_in(client)
    case = AccessCaseFactory(responsible=user)
    colleague = UserFactory(role="specialist")

    client.post(
        reverse("documents:hand_over", args=[case.pk]),
        {"version": 1, "to": colleague.pk},
    )

    case.refresh_from_db()
    assert case.responsible == colleague


def test_stale_page_is_refused_and_the_next_press_counts(client):
    user = signed_in(client)
    case = AccessCaseFactory(responsible=user, version=3)
    url = reverse("documents:cancel", args=[case.pk])

    answer = client.post(url, {"cancel-version": 2, "cancel-reason": "Klient loobus"})

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("input[name=cancel-version]")["value"] == "3"
    assert page.select_one("#id_cancel-reason")["value"] == "Klient loobus"


@pytest.mark.parametrize(
    ("role", "status"), [("specialist", 403), ("coordinator", 302), ("counter", 403)]
)
def test_colleagues_case_is_changed_only_by_those_who_may(client, role, status):
    signed_in(client, role)
    case = AccessCaseFactory()

    answer = client.post(
        reverse("documents:cancel", args=[case.pk]),
        {"cancel-version": 1, "cancel-reason": "x"},
    )

    assert answer.status_code == status


def test_those_without_the_permission_see_no_case(client):
    signed_in(client, "registrar")
    case = AccessCaseFactory()

    assert client.get(case_url(case)).status_code == 403
    assert not AccessCase.objects.visible_to(UserFactory(role="registrar")).exists()


def test_opening_a_case_is_logged_and_its_parts_are_not(client):
    user = signed_in(client)
    case = AccessCaseFactory(responsible=user)

    client.get(case_url(case))
    client.get(case_url(case), headers={"HX-Request": "true", "HX-Target": "work"})

    assert [one.what for one in AccessEntry.objects.filter(what__startswith="case")] == [
        "case.view"
    ]


@pytest.mark.parametrize("part", ["work", "story"])
def test_part_asked_for_anew_is_the_same_as_on_a_fresh_page(client, part):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)
    first = soup(client.get(case_url(paper.case)))
    paper.representation_check = RepresentationCheckFactory()
    paper.save()

    answer = soup(
        client.get(case_url(paper.case), headers={"HX-Request": "true", "HX-Target": part})
    )

    fresh = soup(client.get(case_url(paper.case)))
    played = swapped(first, answer, target=f"#{part}")
    assert plain(played.select_one(f"#{part}")) == plain(fresh.select_one(f"#{part}"))


def plain(element):
    return re.sub(r'name="csrfmiddlewaretoken" type="hidden" value="\w+"', "", element.prettify())


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_length(client, django_assert_num_queries, count):
    signed_in(client)
    cases = AccessCaseFactory.create_batch(count)

    with django_assert_num_queries(6):
        answer = client.get(reverse("documents:list"), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert all(case.number in page for case in cases)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_case_costs_the_same_for_any_story(client, django_assert_num_queries, count):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user)
    for _ in range(count):
        paper.case.events.create(what="handed_over", by=UserFactory(), at=timezone.now())
        SignerFactory(paper=paper)

    with django_assert_num_queries(19):
        client.get(case_url(paper.case))


def test_list_shows_open_cases_the_oldest_first(client):
    signed_in(client)
    new = AccessCaseFactory()
    old = AccessCaseFactory(started_at=timezone.now() - dt.timedelta(days=9))
    AccessCaseFactory(state="cancelled", closed_at=timezone.now())

    page = soup(client.get(reverse("documents:list")))

    assert [one.text for one in page.select("tbody th a")] == [old.number, new.number]


def test_empty_list_says_so(client):
    signed_in(client)

    assert soup(client.get(reverse("documents:list"))).select_one(".empty")


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"phone": "12", "email": ""}, "phone"), ({"phone": "", "email": "ei ole"}, "email")],
)
def test_contacts_that_are_none_are_refused_at_their_field(client, typed, field):
    user = signed_in(client)
    paper, _mari = ready_for_draft(case__responsible=user, case__client=None)

    answer = client.post(reverse("documents:give_contacts", args=[paper.case.pk]), typed)

    assert answer.status_code == 422
    assert list(answer.context["contacts_form"].errors) == [field]
    paper.case.refresh_from_db()
    assert paper.case.client is None
