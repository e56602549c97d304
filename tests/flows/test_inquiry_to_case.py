from django.urls import reverse

from documents.models import AccessCase
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.registry import OrganisationFactory
from tests.htmx import soup


def access_inquiry(desk, **fields):
    return InquiryFactory(agent=desk.user, outcome="access_papers", state="access_papers", **fields)


def test_inquiry_leads_to_the_case_with_one_key_and_afterwards_to_the_same_case(desk):
    inquiry = access_inquiry(desk, client=ClientFactory())
    page = soup(desk.client.get(reverse("inquiries:show", args=[inquiry.pk])))
    link = page.select_one("[data-keys='Alt+KeyA']")
    assert link["href"] == f"{reverse('documents:start')}?inquiry={inquiry.pk}"

    case = desk.start(organisation="19999905", inquiry=inquiry.pk)

    assert case.inquiry == inquiry
    page = soup(desk.client.get(reverse("inquiries:show", args=[inquiry.pk])))
    assert page.select_one("[data-keys='Alt+KeyA']")["href"] == reverse(
        "documents:case", args=[case.pk]
    )
    again = soup(desk.client.get(link["href"]))
    assert case.number in again.select_one("main").get_text()


def test_organisation_that_called_stands_in_the_form_already(desk):
    OrganisationFactory(registry_code="19999905", name="Põlluvaim OÜ")
    company = ClientFactory(organisation=True, registry_code="19999905")
    inquiry = access_inquiry(desk, client=company)

    page = soup(desk.client.get(reverse("documents:start"), {"inquiry": inquiry.pk}))

    assert page.select_one("#id_organisation")["value"] == "19999905"
    chosen = page.select_one("#offered input[checked]")
    assert chosen["value"] == "19999905"
    assert "Põlluvaim OÜ" in page.select_one("#offered").get_text()


def test_number_of_the_caller_is_proposed_as_contact(desk):
    inquiry = access_inquiry(desk, client=ClientFactory(), caller_number="+37253001234")
    OrganisationFactory(registry_code="19999905", name="Põlluvaim OÜ")

    case = desk.start(organisation="19999905", inquiry=inquiry.pk)

    assert desk.page(case).select_one("#contacts [name=phone]")["value"] == "+372 5300 1234"


def test_inquiry_of_nobody_knows_where_is_not_found(desk):
    for wrong in ("999999", "x", "9" * 40):
        answer = desk.client.get(reverse("documents:start"), {"inquiry": wrong})
        assert answer.status_code == 404
    assert not AccessCase.objects.exists()
