"""Checklist and canned replies by keyboard, and a list that hears of changes under somebody's hand."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.factories.clients import ClientFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import raised, resolved
from tickets import actions
from tickets.models import Delivery

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
LIST = reverse("tickets:list")


@pytest.fixture(autouse=True)
def _groups(transactional_db):
    ticket_data()


def picture(page, name):
    folder = os.environ.get("STORY_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"words-{name}.png", full_page=True)


def hears_of(page, ticket):
    page.evaluate(
        """(id) => document.dispatchEvent(new CustomEvent("live:ticket-changed",
        { detail: { type: "tickets.ticket", id: String(id) } }))""",
        ticket.pk,
    )


def test_checklist_is_ticked_a_reply_put_in_and_the_client_told_by_keyboard(
    page, live_server, sign_in
):
    me = sign_in("specialist")
    ticket = resolved(responsible=me, client=ClientFactory(name="Mari Mets"))
    lines = list(ticket.checklist.all())

    # Given the page of a solved ticket, the first line is ticked, and the focus goes on
    page.goto(f"{live_server.url}/tickets/{ticket.pk}/")
    expect(page.locator("#checklist [role=checkbox]")).to_have_count(4)
    page.keyboard.press("Alt+k")
    first = page.locator(f"#line-{lines[0].pk}")
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-checked", "true")
    expect(first).to_be_focused()
    expect(page.locator("#checklist")).to_contain_text("tehtud 1 / 4")
    page.keyboard.press("Alt+k")
    expect(page.locator(f"#line-{lines[1].pk}")).to_be_focused()
    picture(page, "checklist")

    # When the client is told with a reply put in where the caret stands
    page.keyboard.press("Alt+v")
    page.wait_for_url("**/deliver/")
    text = page.locator("#id_text")
    text.fill("Algus. Lõpp.")
    text.press("Home")
    for _letter in "Algus. ":
        text.press("ArrowRight")
    page.keyboard.press("Alt+m")
    word = page.get_by_role("combobox", name="Sõna valmisvastusest")
    expect(word).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(6)
    page.keyboard.type("töös")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text("Asi on töös")
    word.fill("lahend olem")
    expect(page.get_by_role("option").first).to_contain_text("Lahendus on olemas")
    picture(page, "replies")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value(
        re.compile(rf"^Algus\. Lugupeetud Mari Mets[\s\S]*{ticket.number}[\s\S]*Lõpp\.$")
    )
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Algus. Lõpp.")
    page.keyboard.press("Alt+m")
    page.keyboard.press("Escape")
    expect(text).to_be_focused()
    page.locator(f"input[name=ticked][value='{lines[1].pk}']").check()
    page.locator("input[name=channel][value=phone]").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))

    # Then it is kept, with both ticks
    assert Delivery.objects.get().text == "Algus. Lõpp."
    ticked = [line.ticked_by for line in ticket.checklist.all()]
    assert ticked == [me, me, None, None]
    expect(page.locator("#checklist [role=checkbox]")).to_have_count(0)


def test_reply_is_found_beside_the_word_to_tier_two(page, live_server, sign_in):
    me = sign_in("specialist")
    ticket = raised(responsible=me)
    page.goto(f"{live_server.url}/tickets/{ticket.pk}/")

    page.keyboard.press("Alt+m")
    found = page.locator("reply-picker").get_by_role("option")
    expect(found).to_have_count(3)
    expect(found.first).to_contain_text("Küsisin kliendilt")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page.locator("#id_tier2_text")).to_have_value(re.compile(f"^{ticket.number}: küsisin"))


def test_list_under_a_hand_says_what_changed_and_otherwise_shows_it(page, live_server, sign_in):
    me = sign_in("specialist")
    one, other = resolved(responsible=me), raised(responsible=me)
    page.goto(f"{live_server.url}{LIST}?list=deliver")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(page.locator("[data-all]")).to_be_visible()

    # A row is chosen: nothing moves, a bar says so
    box = rows.first.locator("input")
    box.focus()
    page.keyboard.press("Space")
    actions.resolve_ticket(ticket=other, solution="Tehtud", by=me, at=timezone.now())
    hears_of(page, other)
    bar = page.locator(".changed-bar")
    expect(bar).to_contain_text("1 muutus")
    expect(rows).to_have_count(1)
    expect(box).to_be_focused()

    # Shown by its key: the choice stays
    page.keyboard.press("Alt+u")
    expect(rows).to_have_count(2)
    expect(bar).to_have_count(0)
    expect(page.locator("tbody input:checked")).to_have_count(1)
    expect(page.locator(f"tr[data-id='{one.pk}'] input")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_have_text(re.compile("1$"))

    # Nobody's hand on it: it is drawn anew by itself
    page.locator("tbody input:checked").uncheck()
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(2, 2)
    third = resolved(responsible=me)
    hears_of(page, third)
    expect(rows).to_have_count(3, timeout=15_000)
    expect(bar).to_have_count(0)
    assert violations(page) == []
