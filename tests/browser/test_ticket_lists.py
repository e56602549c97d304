"""Lists and board of tickets in the browser: chosen by keyboard, handed over, and read by everybody."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.faces import ALL_FACES
from tests.factories.accounts import UserFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import raised, resolved
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LIST, BOARD = reverse("tickets:list"), reverse("tickets:board")


@pytest.fixture(autouse=True)
def _groups(transactional_db):
    ticket_data()


@pytest.mark.both
def test_absent_colleagues_tickets_are_chosen_by_keyboard_and_handed_over(
    context, live_server, sign_in
):
    absent = UserFactory(role="specialist", first_name="Jaan", last_name="Tamm")
    heir = UserFactory(role="specialist", first_name="Mari", last_name="Kask")
    tickets = [raised(responsible=absent) for _ in range(4)]
    other = raised()
    sign_in("coordinator")
    page = context.new_page()

    # Given the coordinator's list of all, narrowed to the absent colleague
    page.goto(f"{live_server.url}{LIST}?list=all")
    page.get_by_label("Vastutaja", exact=True).select_option(label="Jaan Tamm")
    page.get_by_role("button", name="Näita").click()
    expect(page.locator("tbody tr")).to_have_count(4)

    # When three are chosen with the keyboard: all, but one
    expect(page.locator("[data-all]")).to_be_visible()  # its script is there
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("Space")
    boxes.nth(1).check()
    expect(page.locator("[data-chosen]")).to_have_text(re.compile("3$"))
    page.keyboard.press("Alt+KeyX")
    expect(page.locator("[data-chosen]")).to_have_text(re.compile("4$"))
    boxes.nth(3).uncheck()
    page.locator("row-selection summary").click()
    page.get_by_label("Anna üle kolleegile").select_option(label="Mari Kask")
    page.get_by_label("Põhjus").fill("haigus")
    page.get_by_role("button", name="Anna üle", exact=True).click()

    # Then three are Mari's, with the reason, and the list is still the narrowed one
    expect(page.get_by_text("3 üle antud: Mari Kask")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    moved = Ticket.objects.filter(responsible=heir)
    assert moved.count() == 3
    assert set(moved) < set(tickets)
    assert {one.events.get(what="handed_over").reason for one in moved} == {"haigus"}
    assert Ticket.objects.get(pk=other.pk).responsible != heir


def test_tabs_change_the_list_without_another_page(context, live_server, sign_in):
    me = sign_in("specialist")
    ticket = resolved(responsible=me)
    page = context.new_page()

    page.goto(f"{live_server.url}{LIST}?list=drafts")
    page.get_by_role("link", name=re.compile("^Vastused edastada")).click()

    expect(page.get_by_role("link", name=ticket.number)).to_be_visible()
    expect(page).to_have_url(re.compile("list=deliver"))
    expect(page.locator(".tabs [aria-current=page]")).to_contain_text("Vastused edastada")


@pytest.mark.parametrize("where", [f"{LIST}?list=mine", BOARD, reverse("tickets:export")])
def test_pages_are_for_everybody_in_every_face(context, live_server, sign_in, where):
    me = UserFactory(roles=["coordinator", "solver"])
    ticket = raised(responsible=me)
    Ticket.objects.filter(pk=ticket.pk).update(urgency="critical", link_state="failed", assignee=me)
    resolved(responsible=me)
    page = context.new_page()
    found = {}

    for face in ALL_FACES:
        sign_in(user=me, language=face.language, theme=face.theme)
        page.set_viewport_size(face.viewport)
        page.goto(live_server.url + where)
        for fold in page.locator("main details").all():
            fold.evaluate("(element) => { element.open = true; }")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")  # fmt: skip
        found[str(face)] = [*violations(page), *(["scrolls sideways"] if wide else [])]

    assert {face: faults for face, faults in found.items() if faults} == {}
