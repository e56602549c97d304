"""From a call to a client who knows: tier II works here, and each sits at a screen of their own."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inquiries.models import Inquiry
from tests.browser.call_page import QUESTION, take_topic
from tests.factories.accounts import UserFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import IT_FACTS, TicketFactory, raised
from tickets import actions
from tickets.models import Delivery, Ticket, TicketGroup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


@pytest.fixture
def solver(transactional_db):
    ticket_data()
    user = UserFactory(role="solver", first_name="Sander", last_name="Saar")
    TicketGroup.objects.get(code="IT").members.add(user)
    return user


def picture(page, name):
    folder = os.environ.get("STORY_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"ticket-{name}.png", full_page=True)


def press(page, keys):
    page.keyboard.press(keys)


def kept(page):
    expect(page.locator("#saved")).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))


def call_to_ticket(page, topic):
    """A call that tier I cannot solve: its finish leads to the ticket."""
    take_topic(page)
    page.locator(QUESTION).fill(
        "Aruannet ei saa esitada, salvestamisel tuleb lukustuse teade. Brauser on Chrome 131."
    )
    page.locator("input[name=outcome][value=ticket]").check(force=True)
    press(page, "Control+Enter")
    page.wait_for_url("**/tickets/drafts/**")
    expect(page.locator("#id_description")).to_have_value(re.compile("^Aruannet ei saa"))


def test_call_becomes_a_ticket_and_the_client_knows_the_solution(
    page, live_server, sign_in, topic, solver, another, faults
):
    faults.expect("status of 422")
    specialist = sign_in("specialist")
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    call_to_ticket(page, topic)

    # What is lacking is named; the fact that stands in the text is one click away.
    page.get_by_label("IT-tugi").check()
    expect(page.locator("#id_fact_screen")).to_be_visible()
    lacking = page.locator("#lacking")
    expect(lacking).to_contain_text("Vaade või vorm")
    lacking.get_by_role("button", name="Chrome 131").click()
    expect(page.locator("#id_fact_browser")).to_have_value("Chrome 131")
    for code in ("system", "happened", "error_text", "user_role"):
        page.locator(f"#id_fact_{code}").fill(IT_FACTS[code])
    page.locator("#id_steps_tried").fill("Logis välja ja uuesti sisse, sama teade")
    page.locator("input[name=may_contact][value=yes]").check(force=True)
    kept(page)
    picture(page, "write")
    press(page, "Control+Enter")
    refused = page.locator("#error-summary")
    expect(refused).to_contain_text("Vaade või vorm")
    refused.get_by_role("link").first.click()
    expect(page.locator("#id_fact_screen")).to_be_focused()
    page.locator("#id_fact_screen").fill(IT_FACTS["screen"])
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.inquiry.state) == ("raised", "with_tier2")

    desk = another(solver)
    desk.goto(page.url)
    press(desk, "Alt+T")
    expect(desk.locator(".turn")).to_contain_text("Sander Saar")
    said(desk, f"{page.url}ask/", "Mis kell see oli?")
    page.reload()
    press(page, "Alt+V")
    page.wait_for_url("**/answer/")
    page.locator("#id_text").fill("Kell 10.15.")
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    said(desk, f"{page.url}solve/", "Lukustus on maas, palun salvestada uuesti.")

    page.reload()
    expect(page.locator("#standing")).to_contain_text("kliendile tuleb öelda")
    picture(page, "resolved")
    press(page, "Alt+V")
    page.wait_for_url("**/deliver/")
    expect(page.locator("#id_text")).to_have_value("Lukustus on maas, palun salvestada uuesti.")
    page.locator("input[name=channel][value=phone]").check()
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.responsible, ticket.assignee) == ("closed", specialist, solver)
    assert Delivery.objects.get().channel == "phone"
    assert Inquiry.objects.get().state == "solved"


def said(page, place, text):
    page.goto(place)
    page.locator("#id_text").fill(text)
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))


def test_words_typed_while_the_server_is_away_come_back(page, live_server, sign_in, faults, solver):
    for fault in ("Failed to load resource", "htmx:afterRequest", "htmx:sendError"):
        faults.expect(fault)
    specialist = sign_in("specialist")
    draft = TicketFactory(responsible=specialist)
    page.goto(f"{live_server.url}/tickets/drafts/{draft.key}/")
    page.route("**/save/", lambda route: route.abort())
    page.locator("#id_summary").fill("Aruande read kaovad ekraanilt")
    expect(page.locator("#saved")).to_contain_text("ainult selles arvutis")

    page.reload()
    expect(page.locator("#id_summary")).to_have_value("Aruande read kaovad ekraanilt")
    page.unroute("**/save/")
    page.locator("#id_steps_tried").fill("Logis välja ja uuesti sisse")
    kept(page)

    draft.refresh_from_db()
    assert draft.summary == "Aruande read kaovad ekraanilt"
    assert draft.steps_tried == "Logis välja ja uuesti sisse"


def test_comment_that_is_being_written_stays_when_the_page_hears_of_a_change(
    page, live_server, sign_in, solver
):
    specialist = sign_in("specialist")
    ticket = raised(responsible=specialist)
    page.goto(f"{live_server.url}/tickets/{ticket.pk}/")
    page.locator(".say-internal summary").click()
    page.locator("#id_internal_text").fill("Pooleli mõte")

    actions.give_word(ticket=ticket, text="Uurime.", by=solver, at=ticket.raised_at)
    page.evaluate(
        """(id) => document.dispatchEvent(new CustomEvent("live:ticket-changed",
        { detail: { type: "tickets.ticket", id: String(id) } }))""",
        ticket.pk,
    )

    expect(page.locator("#said")).to_contain_text("Uurime.")
    expect(page.locator("#id_internal_text")).to_have_value("Pooleli mõte")


def test_words_stay_after_a_colleague_has_saved_and_a_reload(
    page, live_server, sign_in, faults, solver
):
    for fault in ("Failed to load resource", "status of 409", "htmx:afterRequest"):
        faults.expect(fault)
    specialist = sign_in("specialist")
    draft = TicketFactory(responsible=specialist)
    page.goto(f"{live_server.url}/tickets/drafts/{draft.key}/")
    actions.write_ticket(
        ticket=draft, version=1, typed={"summary": "Kolleegi sõnad"}, by=specialist,
        at=draft.started_at,
    )  # fmt: skip

    page.locator("#id_summary").fill("Aruande read kaovad ekraanilt")
    expect(page.locator("#saved")).to_contain_text("keegi teine on siia kirjutanud")
    page.locator("#id_description").fill("Read kaovad kohe pärast salvestamist ekraanilt.")
    page.reload()

    expect(page.locator("#id_summary")).to_have_value("Aruande read kaovad ekraanilt")
    expect(page.locator("#id_description")).to_have_value(re.compile("^Read kaovad kohe"))
    page.get_by_role("button", name="Salvesta", exact=True).click()
    expect(page.locator("main")).to_contain_text("Kolleegi sõnad")
    draft.refresh_from_db()
    assert draft.summary == "Kolleegi sõnad"
