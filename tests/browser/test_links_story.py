"""Two tickets turn out to be one matter, or parts of a larger one: by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.keyboard import Keyboard
from tests.factories.clients import ClientFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import raised, resolved
from tickets.models import Delivery, Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
TICKET = re.compile(r"/tickets/\d+/$")


def test_merged_by_words_and_undone(page, live_server, sign_in, faults):
    faults.expect("status of 422")
    ticket_data()
    specialist, client = sign_in("specialist"), ClientFactory()
    into = raised(responsible=specialist, client=client, summary="Jahipiirkonna kaart ei avane")
    ticket = raised(responsible=specialist, client=client, summary="Kaardil ei ole jahipiirkonda")
    keys = Keyboard(page, "links-")
    page.goto(f"{live_server.url}/tickets/{ticket.pk}/")

    keys.picture("panel")
    keys.tab_to("a[href$='/merge/']", 80)
    keys.press("Enter")
    page.wait_for_url("**/merge/")
    keys.fill("#id_other", "jahipiirkonna kaart")
    keys.fill("#id_reason", "Sama viga")
    keys.press("Control+Enter")
    expect(page.locator("#error-summary")).to_be_visible()
    keys.picture("choose")
    keys.tab_to(f".matches button[value='{into.number}']")
    keys.press("Enter")
    page.wait_for_url(TICKET)
    expect(page.locator(".turn")).to_contain_text(into.number)
    assert violations(page) == []
    keys.picture("merged")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.merged_into) == ("merged", into)

    keys.tab_to("a[href$='/undo-merge/']")
    keys.press("Enter")
    page.wait_for_url("**/undo-merge/")
    keys.fill("#id_reason", "Eksitus")
    keys.press("Control+Enter")
    page.wait_for_url(TICKET)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.merged_into) == ("raised", None)


def test_part_is_linked_asked_about_and_told(page, live_server, sign_in, faults):
    faults.expect("status of 422")
    ticket_data()
    specialist = sign_in("specialist")
    whole = resolved(responsible=specialist, client=ClientFactory())
    part = raised(responsible=specialist, client=ClientFactory(email="teine@example.ee"))
    keys = Keyboard(page, "parts-")
    page.goto(f"{live_server.url}/tickets/{whole.pk}/")

    keys.tab_to(".link-form > summary", 80)
    keys.press("Enter")
    keys.tab_to("#id_link_kind")
    keys.type("sis")
    keys.fill("#id_link_other", "9999")
    keys.press("Enter")
    expect(page.locator("#id_other")).to_have_value("9999")
    keys.picture("unknown")
    keys.fill("#id_other", str(int(part.number[-6:])))
    keys.press("Enter")
    page.wait_for_url(TICKET)
    expect(page.locator(".linked")).to_contain_text(part.number)
    keys.picture("linked")

    keys.press("Alt+V")
    page.wait_for_url("**/deliver/")
    assert violations(page) == []
    keys.picture("asked")
    keys.tick("input[name=channel][value=phone]")
    keys.tab_to(f"input[name=part_{part.pk}]:checked")
    keys.press("ArrowUp", "ArrowUp")
    expect(page.locator(f"input[name=part_{part.pk}][value=mail]")).to_be_checked()
    keys.press("Control+Enter")
    page.wait_for_url(TICKET)
    assert set(Ticket.objects.values_list("state", flat=True)) == {"closed"}
    assert list(Delivery.objects.order_by("pk").values_list("ticket", "channel")) == [
        (whole.pk, "phone"),
        (part.pk, "email"),
    ]
    keys.picture("told")


def test_matter_is_split_off_into_a_draft(page, live_server, sign_in):
    ticket_data()
    specialist = sign_in("specialist")
    ticket = raised(
        responsible=specialist, description="Read kaovad ekraanilt.\nEksport annab tühja faili."
    )
    keys = Keyboard(page, "split-")
    page.goto(f"{live_server.url}/tickets/{ticket.pk}/split/")
    assert violations(page) == []
    keys.tick("input[name=points][value='1']")
    keys.picture("choose")
    keys.press("Control+Enter")
    page.wait_for_url("**/tickets/drafts/**")
    expect(page.locator("#id_description")).to_have_value("Eksport annab tühja faili.")
    keys.picture("draft")
