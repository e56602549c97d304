import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from documents.gateways import pdf
from registry.states import CheckState
from tests.factories.inquiries import InquiryFactory
from tests.htmx import soup

pytestmark = [
    pytest.mark.skipif(
        not pdf.is_available(),
        reason="Pango is missing: apt install libpango-1.0-0 libpangoft2-1.0-0",
    ),
    # WeasyPrint leaves its own colour profile for the garbage collector to close.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
    ),
]
CODE = "19999905"


def test_organisation_that_our_copy_lacks_goes_from_inquiry_to_draft(desk):
    inquiry = InquiryFactory(agent=desk.user)
    start = f"{reverse('documents:start')}?inquiry={inquiry.pk}"
    assert inquiry.number in soup(desk.client.get(start)).select_one("main").get_text()

    offered = soup(desk.client.post(reverse("documents:find_organisation"), {"organisation": CODE}))
    button = offered.select_one("button[hx-post]")
    answer = soup(desk.client.post(button["hx-post"], {"organisation": CODE}))
    chosen = answer.select_one("input[name=organisation_code][checked]")["value"]
    case = desk.start(organisation=chosen, inquiry=inquiry.pk)

    name = desk.register.cases[CODE]["name"]
    assert (case.organisation_name, case.inquiry) == (name, inquiry)
    check = desk.ask_register(case)
    assert (check.state, check.organisation_name) == (CheckState.ANSWERED, name)
    desk.give_contacts(case)
    desk.ask_for_draft(case, ["Jaan Näidis"])
    text = desk.draw(case)
    assert name in text
    assert desk.register.cases[CODE]["address"].split(",")[0] in text
    assert AccessEntry.objects.filter(what="registry.look_up", by_id=desk.user.pk).count() == 1


def test_register_that_is_away_at_the_choice_holds_nothing_up(desk):
    desk.register.control({"mode": "unavailable"})

    answer = desk.client.post(reverse("documents:ask_register"), {"organisation": CODE})
    case = desk.start(organisation=CODE)

    assert answer.status_code == 200
    assert soup(answer).select_one(".note-sticky[role=status]")
    assert case.organisation_name == ""
    assert desk.page(case).select_one("#organisation form[action$='ask-register/']")

    desk.client.post(reverse("documents:name_organisation", args=[case.pk]))
    case.refresh_from_db()
    assert case.organisation_name == ""

    desk.register.control({"mode": "ok"})
    desk.client.post(reverse("documents:name_organisation", args=[case.pk]))
    case.refresh_from_db()
    assert case.organisation_name == desk.register.cases[CODE]["name"]
    page = desk.page(case)
    assert not page.select_one("#organisation form[action$='ask-register/']")
    assert CODE in page.select_one("#story").get_text()


def test_unknown_code_is_told_before_the_case_is_started(desk):
    answer = desk.client.post(reverse("documents:ask_register"), {"organisation": "19999999"})

    page = soup(answer)
    assert not page.select("input[name=organisation_code]")
    assert "19999999" in page.select_one("[role=status]").get_text()
    refused = desk.client.post(reverse("documents:ask_register"), {"organisation": "põhi"})
    assert refused.status_code == 404


def test_story_tells_what_the_register_answered(desk):
    case = desk.start(organisation=CODE)
    before = desk.page(case).select_one("#story").get_text(" ")

    check = desk.ask_register(case)

    after = desk.page(case).select_one("#story").get_text(" ")
    assert check.get_verdict_display() not in before
    assert check.get_verdict_display() in after
