"""Tickets with words that are too long for any page, and lists with boxes to press on a phone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from common.actions import issue_external_link
from tests.browser.test_layout import LOOK, WIDTHS
from tests.factories.clients import ClientFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import raised, resolved
from tickets import actions
from tickets.actions.ask_by_link import PURPOSE
from tickets.choices import CommentKind
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
ADDRESS = "https://kotkas.envir.ee/" + "a" * 180
PRIMARY = """() => [...document.querySelectorAll("main .btn-primary")]
  .filter((one) => one.checkVisibility()).map((one) => one.textContent.trim())"""


@pytest.fixture
def specialist(sign_in):
    ticket_data()
    return sign_in("specialist")


@pytest.fixture
def endless(specialist):
    """A solved ticket in which every word is one that nothing can be broken at."""
    ticket = resolved(responsible=specialist, client=ClientFactory(name="Ü" * 120))
    return stretched(ticket, specialist, solution=ADDRESS)


def stretched(ticket, by, **more):
    for kind in (CommentKind.INTERNAL, CommentKind.TIER2):
        actions.comment_on_ticket(ticket=ticket, kind=kind, text=ADDRESS, by=by, at=timezone.now())
    Ticket.objects.filter(pk=ticket.pk).update(
        summary="Kompleksloa" + "x" * 150,
        description=ADDRESS,
        steps_tried=ADDRESS,
        urgency="critical",
        urgency_reason=ADDRESS,
        **more,
    )
    return ticket


def shared(ticket):
    now = timezone.now()
    _link, token = issue_external_link(
        purpose=PURPOSE, about=ticket, expires_at=now + dt.timedelta(days=1), by=None, at=now
    )
    return reverse("tickets:link_in", args=[token, "et"])


def test_no_word_is_too_long_for_a_page_and_one_button_is_the_first(
    context, live_server, sign_in, specialist, endless
):
    pages = [
        reverse("tickets:list") + "?list=all",
        reverse("tickets:board"),
        shared(stretched(raised(responsible=specialist), specialist)),
        *(
            reverse(f"tickets:{name}", args=[endless.pk])
            for name in ("ticket", "deliver", "change", "split", "checklist")
        ),
    ]
    page = context.new_page()
    wrong = {}

    for width, height, language in WIDTHS:
        sign_in(user=specialist, language=language)
        page.set_viewport_size({"width": width, "height": height})
        for where in pages:
            page.goto(live_server.url + where)
            page.wait_for_load_state("networkidle")
            first = page.evaluate(PRIMARY)
            found = [*page.evaluate(LOOK), *([f"first: {first}"] if len(first) > 1 else [])]
            if found:
                wrong[f"{where} {width}"] = found

    assert "\n".join(f"{where}: {one}" for where, ones in wrong.items() for one in ones) == ""


def test_who_reads_many_words_jumps_to_where_something_is_said(page, live_server, endless):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/tickets/{endless.pk}/")

    page.get_by_role("link", name="Ütle midagi").click()

    expect(page.get_by_role("heading", name="Ütle midagi")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_box_carries_a_tick_in_both_themes(
    page, live_server, sign_in, specialist, endless, theme
):
    sign_in(user=specialist, theme=theme)
    page.goto(f"{live_server.url}{reverse('tickets:list')}?list=all")
    box = page.locator("tbody .choose input").first

    box.check()

    assert "svg" in box.evaluate("(one) => getComputedStyle(one).backgroundImage")


def test_what_is_lacking_is_said_once(page, live_server, faults, specialist):
    faults.expect("status of 422")
    page.goto(f"{live_server.url}{reverse('tickets:new')}")

    page.get_by_role("button", name="Anna II tasemele").click()

    lines = page.locator("#error-summary li")
    expect(lines.filter(has_text="Rühm")).to_have_text("Rühm: puudub.")
