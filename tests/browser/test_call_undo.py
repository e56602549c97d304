"""Undo instead of asking (C20), and the contacts that one key finishes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inquiries.models import Inquiry, InquiryDraft
from inquiries.states import Outcome
from tests.browser.call_page import (
    QUESTION,
    draft_of,
    leaves_the_call,
    saved_text,
    take_topic,
    wait_for,
)
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory

UNDO = "[data-undo] button"


def finish(call):
    take_topic(call)
    call.locator(QUESTION).fill("Küsib tiigi kohta")
    call.keyboard.press("Alt+Digit1")
    call.keyboard.press("Control+Enter")
    leaves_the_call(call)


@pytest.mark.both
def test_c20_finish_is_taken_back_exactly(call, topic):
    call.locator("#caller-lookup").fill("Lembitu")
    finish(call)
    number = Inquiry.objects.get().number

    call.locator(UNDO).press("Enter")
    call.wait_for_url("**/calls/*-*/")

    assert Inquiry.objects.count() == 0
    expect(call.locator(QUESTION)).to_have_value("Küsib tiigi kohta")
    expect(call.locator("#caller-lookup")).to_have_value("Lembitu")
    expect(call.locator("#topic-search")).to_have_value("Veeluba")
    expect(call.locator("[name=outcome][value=solved]")).to_be_checked()
    call.keyboard.press("Control+Enter")
    leaves_the_call(call)
    assert Inquiry.objects.get().number == number


@pytest.mark.both
def test_c20_control_z_outside_fields_takes_back_and_inside_is_the_fields_own(call, topic):
    finish(call)
    expect(call.locator(UNDO)).to_be_visible()

    call.keyboard.press("Control+KeyK")
    call.keyboard.type("tekst")
    call.keyboard.press("Control+KeyZ")
    assert Inquiry.objects.count() == 1
    call.keyboard.press("Escape")
    call.locator("main").focus()
    call.keyboard.press("Control+KeyZ")

    call.wait_for_url("**/calls/*-*/")
    assert Inquiry.objects.count() == 0


def test_c20_offer_goes_after_ten_seconds(page, live_server, agent):
    page.clock.install()
    page.goto(f"{live_server.url}/calls/new/")
    page.clock.run_for(500)
    page.keyboard.press("Alt+Digit8")
    leaves_the_call(page)
    expect(page.locator(UNDO)).to_be_visible()

    page.clock.fast_forward(9_000)
    expect(page.locator(UNDO)).to_be_visible()
    page.clock.fast_forward(2_000)

    expect(page.locator(UNDO)).to_have_count(0)
    assert Inquiry.objects.count() == 1


def test_c20_thrown_away_draft_is_taken_back(call):
    call.locator(QUESTION).fill("ära viska")
    saved_text(call, "ära viska")
    key = draft_of(call).key

    call.get_by_role("button", name="Viska ära").press("Enter")
    leaves_the_call(call)
    assert InquiryDraft.objects.get(pk=key).discarded_at
    call.locator(UNDO).press("Enter")

    call.wait_for_url(f"**/calls/{key}/")
    expect(call.locator(QUESTION)).to_have_value("ära viska")


def test_c20_taking_over_is_taken_back(page, live_server, sign_in):
    sign_in("coordinator")
    waiting = InquiryFactory(callback=True, agent=UserFactory(role="specialist"))
    page.goto(f"{live_server.url}/inquiries/{waiting.pk}/")

    page.get_by_role("button", name="Võta üle").press("Enter")
    expect(page.locator(UNDO)).to_be_visible()
    assert Inquiry.objects.get().responsible != waiting.agent
    page.wait_for_load_state()  # the keys are bound by then
    page.keyboard.press("Control+KeyZ")

    expect(page.locator("#messages")).to_contain_text("Kõik on nagu enne")
    assert Inquiry.objects.get().responsible == waiting.agent


@pytest.mark.both
@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        ("Alt+Digit7", Outcome.WRONG_NUMBER),
        ("Alt+Digit8", Outcome.SILENT),
        ("Alt+Digit9", Outcome.ABUSIVE),
    ],
)
def test_contact_without_a_matter_is_finished_by_one_key_and_taken_back_by_another(
    call, key, outcome
):
    call.keyboard.press(key)
    leaves_the_call(call)
    assert Inquiry.objects.get().outcome == outcome

    call.keyboard.press("Control+KeyZ")

    call.wait_for_url("**/calls/*-*/")
    assert Inquiry.objects.count() == 0


def test_repeat_call_is_finished_by_one_key_and_follows_the_open_inquiry(call):
    earlier = InquiryFactory(
        callback=True,
        caller_number="+37255110000",
        started_at=timezone.now() - timezone.timedelta(days=3),
    )
    call.locator("#caller-lookup").fill("5511 0000")

    call.keyboard.press("Alt+Digit0")
    leaves_the_call(call)

    repeat = Inquiry.objects.get(outcome=Outcome.REPEAT)
    assert (repeat.follow_up_of, repeat.topic) == (earlier, earlier.topic)


@pytest.mark.both
def test_key_that_finishes_waits_in_line_while_the_cable_is_cut(call, context, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    call.locator(QUESTION).fill("vaikus")
    saved_text(call, "vaikus")
    context.set_offline(True)
    call.keyboard.press("Alt+Digit8")
    expect(call.locator("#outage")).to_be_visible(timeout=8000)
    assert Inquiry.objects.count() == 0

    context.set_offline(False)

    wait_for(lambda: Inquiry.objects.count() == 1, seconds=25)
    assert Inquiry.objects.get().outcome == Outcome.SILENT
