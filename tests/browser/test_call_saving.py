"""Saves that the server refuses or does not answer, and sessions that end and come back while one types.

What is refused is said and not sent again by itself; what is not answered is sent again ever more
seldom; and one's own words, however they got through, are never a conflict with oneself.
"""

import time

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from inquiries.models import Inquiry, InquiryDraft
from tests.browser.call_page import (
    QUESTION,
    SAVED,
    draft_of,
    leaves_the_call,
    saved_text,
    take_topic,
    wait_for,
)
from tests.factories.accounts import UserFactory

WORDS = "[data-saved-words]"
LOCAL = "ainult selles arvutis"
REFUSALS = {
    400: "ei saanud seda lugeda",
    403: "siin salvestada ei tohi",
    404: "ei tunne seda aadressi",
    413: "liiga pikk",
    422: "ei võta seda vastu",
}


@pytest.fixture
def statuses(call):
    """What the server answered to saves and finishes, in order."""
    seen = []
    call.on(
        "response",
        lambda answer: (
            answer.request.method == "POST"
            and any(step in answer.url for step in ("/save/", "/finish/"))
            and seen.append(answer.status)
        ),
    )
    return seen


@pytest.fixture
def by_clock(page, live_server, agent):
    """An open call whose time the test turns on."""
    page.clock.install()
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    return page


class Refusing:
    """Answers each save with a status of the test's choice, and counts."""

    def __init__(self, page, status):
        self.status, self.count = status, 0
        page.route("**/save/", self.answer)

    def answer(self, route):
        self.count += 1
        route.fulfill(status=self.status, content_type="text/html", body="no")


def let_pass(page, seconds):
    for _each in range(seconds):
        page.clock.fast_forward(1000)
        page.wait_for_timeout(20)


@pytest.mark.parametrize("status", REFUSALS)
def test_c16_refused_save_is_said_with_its_reason_and_not_sent_again_by_itself(
    by_clock, faults, status
):
    faults.expect(str(status))
    page = by_clock
    saved_text(page, "")
    server = Refusing(page, status)
    page.locator(QUESTION).fill("Seda server ei võta")
    let_pass(page, 60)

    assert server.count == 1
    expect(page.locator(WORDS)).to_have_text(f"{LOCAL}: {said(page, status)}")
    assert REFUSALS[status] in said(page, status)
    expect(page.locator("#outage")).to_be_hidden()
    page.locator(QUESTION).fill("Lühem")
    let_pass(page, 3)
    assert server.count == 2

    page.unroute("**/save/")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved_text(page, "Lühem")
    let_pass(page, 6)
    expect(page.locator(WORDS)).to_have_text(SAVED)


def said(page, status):
    return page.locator("#call-form").get_attribute(f"data-says-refused-{status}")


@pytest.mark.parametrize("status", [429, 503])
def test_c14_what_may_pass_is_sent_again_ever_more_seldom(by_clock, faults, status):
    faults.expect(str(status))
    page = by_clock
    saved_text(page, "")
    server = Refusing(page, status)
    page.locator(QUESTION).fill("Server on hõivatud")
    let_pass(page, 10)
    assert 3 <= server.count <= 5
    for letter in "abc":  # typing does not hurry it
        page.locator(QUESTION).press_sequentially(letter)
        let_pass(page, 1)
    let_pass(page, 60)
    assert server.count <= 11

    page.unroute("**/save/")
    let_pass(page, 16)
    saved_text(page, "Server on hõivatudabc")


def test_c14_finish_that_is_refused_does_not_wait_in_line(call, topic, faults):
    faults.expect("413")
    take_topic(call)
    call.locator(QUESTION).fill("Liiga pikk jutt")
    call.keyboard.press("Alt+Digit1")
    saved_text(call, "Liiga pikk jutt")
    call.route("**/finish/", lambda route: route.fulfill(status=413, body="no"))

    call.keyboard.press("Control+Enter")
    expect(call.locator(WORDS)).to_contain_text("liiga pikk", timeout=8000)
    call.unroute("**/finish/")
    call.reload()

    expect(call.locator(QUESTION)).to_have_value("Liiga pikk jutt")
    assert Inquiry.objects.count() == 0
    call.keyboard.press("Control+Enter")
    leaves_the_call(call)
    assert Inquiry.objects.count() == 1


def test_c14_finish_pressed_while_a_save_is_under_way_begins_from_what_it_wrote(
    call, topic, statuses
):
    take_topic(call)
    saved_text(call, "")
    held = []

    def hold(route):
        held.append(route)

    call.route("**/save/", hold)
    call.locator(QUESTION).fill("Esimesed sõnad")
    wait_while_playing(call, lambda: held)
    call.locator(QUESTION).fill("Esimesed sõnad ja viimased")
    call.keyboard.press("Alt+Digit1")
    call.keyboard.press("Control+Enter")
    held[0].continue_()
    leaves_the_call(call)

    assert set(statuses) == {200}
    assert Inquiry.objects.get().question == "Esimesed sõnad ja viimased"


def wait_while_playing(page, true, seconds=8):
    """Routes are played only while the page's events are."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        page.wait_for_timeout(50)


def test_c13_cookies_that_go_and_come_back_while_typing_make_no_conflict(
    call, context, faults, statuses
):
    """A save gets through, its answer is lost; then the cookies go, ten tries fail, and they come back."""
    for said_so in ("401", "403", "ERR_FAILED"):
        faults.expect(said_so)
    call.locator("#caller-lookup").fill("5300 1234")
    wait_for(lambda: draft_of(call).typed.get("caller_number") == "+37253001234")
    wait_while_playing(call, lambda: statuses)
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    call.route("**/save/", lose)
    call.locator(QUESTION).fill("Esimesed sõnad")
    wait_while_playing(call, lambda: lost)
    cookies = context.cookies()
    context.clear_cookies()
    call.unroute("**/save/")
    call.locator("#caller-lookup").fill("Mari")  # no number any more
    for word in ("Esimesed sõnad", " ja", " veel"):
        call.locator(QUESTION).press_sequentially(word)
        call.evaluate("window.dispatchEvent(new Event('focus'))")
        call.wait_for_timeout(300)
    for _try in range(8):
        call.evaluate("window.dispatchEvent(new Event('focus'))")
        call.wait_for_timeout(150)
    expect(call.locator("#signed-out")).to_be_visible(timeout=8000)
    text = call.locator(QUESTION).input_value()
    refused = [status for status in statuses if status != 200]
    context.add_cookies(cookies)
    call.evaluate("window.dispatchEvent(new Event('focus'))")

    saved_text(call, text)
    expect(call.locator("#signed-out")).to_be_hidden()
    expect(call.locator("#conflict-dialog")).to_be_hidden()
    assert len(refused) >= 5
    assert set(refused) <= {401, 403}
    assert 409 not in statuses
    assert draft_of(call).typed["caller_lookup"] == "Mari"


def test_c13_reload_right_after_words_got_through_unanswered_makes_no_conflict(
    call, faults, statuses
):
    faults.expect("ERR_FAILED")
    saved_text(call, "")
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    call.route("**/save/", lose)
    call.locator(QUESTION).fill("Sai läbi")
    wait_while_playing(call, lambda: lost)
    call.locator(QUESTION).fill("Sai läbi, ja seda enam mitte")
    call.unroute("**/save/")

    call.reload()

    saved_text(call, "Sai läbi, ja seda enam mitte")
    assert 409 not in statuses
    expect(call.locator("#conflict-dialog")).to_be_hidden()


def test_c13_another_person_who_signs_in_gets_nothing_of_what_was_typed(
    call, context, agent, faults
):
    faults.expect("401")
    saved_text(call, "")
    client = Client()
    own = next(one for one in context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    other = UserFactory(role="specialist")
    client.force_login(other)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{**own, "value": session}])

    call.locator(QUESTION).fill("Esimese inimese sõnad")
    expect(call.locator("#signed-out")).to_be_visible(timeout=8000)
    assert not InquiryDraft.objects.filter(owner=other).exists()
    context.add_cookies([own])
    call.evaluate("window.dispatchEvent(new Event('focus'))")

    saved_text(call, "Esimese inimese sõnad")
    assert draft_of(call).owner == agent
