import uuid

import pytest
from django.utils import timezone

from documents import actions
from documents.models import AccessCase, Paper
from documents.states import CaseState, PaperState
from registry.models import RepresentationCheck
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db


def start(**fields):
    given = {"key": uuid.uuid4(), "portal": "e_services", "organisation_code": "19999905"}
    return actions.start_case(
        **{**given, "by": UserFactory(role="specialist"), "at": timezone.now(), **fields}
    )


def test_case_for_the_e_service_portal_begins_its_agreement_and_asks_for_the_check():
    OrganisationFactory(registry_code="19999905", name="Näidis OÜ")

    case = start()

    paper = Paper.objects.get()
    assert (case.state, case.organisation_name) == (CaseState.STARTED, "Näidis OÜ")
    assert (paper.case, paper.kind, paper.state) == (case, "KASUTUSLEPING", PaperState.STARTED)
    assert paper.number is None
    check = RepresentationCheck.objects.get()
    assert (paper.representation_check, check.registry_code) == (check, "19999905")


def test_case_finds_the_client_card_of_the_organisation():
    card = ClientFactory(organisation=True, registry_code="19999905")

    assert start().client == card


def test_page_sent_twice_starts_one_case():
    key = uuid.uuid4()

    assert start(key=key) == start(key=key)
    assert AccessCase.objects.count() == Paper.objects.count() == 1


def test_numbers_follow_each_other():
    first, second = start(), start()

    assert first.number[:7] == f"J-{timezone.localdate().year}-"
    assert int(second.number[-6:]) == int(first.number[-6:]) + 1


@pytest.mark.parametrize("portal", ["kotkas", "pistrik", "forest"])
def test_portal_without_papers_begins_none(portal):
    case = start(portal=portal, organisation_code="")

    assert not case.papers.exists()
    assert not RepresentationCheck.objects.exists()
