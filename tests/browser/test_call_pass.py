"""A call passed to a colleague takes its draft along; colleagues are looked up beside the call."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Responsibility, User
from inquiries import actions
from inquiries.models import DraftPassing, Inquiry, InquiryDraft
from tests.browser.axe import violations
from tests.browser.call_page import (
    QUESTION,
    TOPIC,
    draft_of,
    leaves_the_call,
    saved_text,
    take_topic,
    wait_for,
)
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryDraftFactory

TABS = ".call-tabs a[data-key]"
DIALOG = "#pass-dialog"
UNDO = "[data-undo] button"


def at_the_line(**more):
    return UserFactory(role="specialist", line_state="ready", last_seen_at=timezone.now(), **more)


@pytest.fixture
def mari(db):
    return at_the_line(first_name="Mari", last_name="Kuusk", phone="5300 0001")


def draft(owner, question):
    return InquiryDraftFactory(
        owner=owner,
        started_at=timezone.now(),
        updated_at=timezone.now(),
        typed={"channel": "phone", "language": "et", "question": question},
    )


def choose(page, text):
    page.keyboard.press("Alt+KeyG")
    expect(page.locator("#pass-text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def listens(page):
    page.wait_for_function("() => document.querySelector('live-events').since !== ''")


@pytest.mark.both
def test_one_key_a_name_and_enter_pass_the_contact_on_with_the_last_word_typed(
    call, agent, mari, another
):
    call.locator(QUESTION).fill("Helistaja küsib tiigi kohta")
    saved_text(call, "Helistaja küsib tiigi kohta")
    key = draft_of(call).key
    call.locator(QUESTION).press_sequentially(", viimane sõna")

    choose(call, "kuusk")
    leaves_the_call(call)

    moved = InquiryDraft.objects.get(pk=key)
    assert (moved.owner, moved.typed["question"]) == (
        mari,
        "Helistaja küsib tiigi kohta, viimane sõna",
    )
    expect(call.locator("#messages")).to_contain_text("Kontaktiga jätkab Mari Kuusk")
    page = another(mari)
    page.goto(call.url.rstrip("/") + f"/calls/{key}/")
    expect(page.locator(".call-bar")).to_contain_text(f"{agent} andis selle Teile edasi")
    expect(page.locator(QUESTION)).to_have_value("Helistaja küsib tiigi kohta, viimane sõna")
    page.keyboard.press("Alt+Digit8")
    leaves_the_call(page)
    inquiry = Inquiry.objects.get()
    assert inquiry.agent == mari
    page.goto(f"{page.url.rstrip('/')}/inquiries/{inquiry.pk}/")
    expect(page.locator("main")).to_contain_text(f"Edasi antud: {mari}")
    expect(page.locator("main")).to_contain_text(str(agent))


def test_c5_it_opens_at_the_colleague_as_a_tab_and_takes_no_focus(
    page, live_server, agent, mari, stream, another
):
    own = draft(mari, "enda kõne")
    theirs = another(mari)
    theirs.goto(f"{live_server.url}/calls/{own.key}/")
    theirs.locator(QUESTION).fill("enda kõne, kirjutan")
    listens(theirs)
    page.goto(f"{live_server.url}/calls/{draft(agent, 'tiik').key}/")

    choose(page, "kuusk")
    leaves_the_call(page)
    theirs.keyboard.type(" edasi")

    expect(theirs.locator(TABS)).to_have_count(2)
    theirs.keyboard.type(" veel")
    assert theirs.locator(QUESTION).input_value() == "enda kõne, kirjutan edasi veel"
    assert theirs.evaluate("document.activeElement.id") == "call-question"
    expect(theirs.locator(".call-tabs [role=status]")).to_contain_text("Saabus kontakt")
    expect(theirs.locator("call-pop .pop")).to_have_count(0)
    theirs.keyboard.press("Alt+Shift+Digit2")
    expect(theirs.locator(QUESTION)).to_have_value("tiik")


def test_c20_passing_is_taken_back_and_the_colleagues_tab_goes(
    page, live_server, agent, mari, stream, another
):
    own, passed = draft(mari, "enda kõne"), draft(agent, "tiik")
    theirs = another(mari)
    theirs.goto(f"{live_server.url}/calls/{own.key}/")
    listens(theirs)
    page.goto(f"{live_server.url}/calls/{passed.key}/")
    choose(page, "kuusk")
    leaves_the_call(page)
    expect(theirs.locator(TABS)).to_have_count(2)
    theirs.keyboard.press("Alt+Shift+Digit2")
    expect(theirs.locator(QUESTION)).to_have_value("tiik")

    expect(page.locator(UNDO)).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("Control+KeyZ")
    page.wait_for_url(f"**/calls/{passed.key}/")

    expect(page.locator(QUESTION)).to_have_value("tiik")
    expect(theirs.locator(TABS)).to_have_count(1)
    expect(theirs.locator(QUESTION)).to_have_value("enda kõne")
    assert InquiryDraft.objects.get(pk=passed.pk).owner == agent


def test_c20_what_the_colleague_has_begun_to_write_stays_there(
    page, live_server, agent, mari, another
):
    passed = draft(agent, "tiik")
    page.goto(f"{live_server.url}/calls/{passed.key}/")
    choose(page, "kuusk")
    leaves_the_call(page)
    theirs = another(mari)
    theirs.goto(f"{live_server.url}/calls/{passed.key}/")
    theirs.locator(QUESTION).fill("tiik, ja kolleeg kirjutas")
    wait_for(lambda: "kolleeg" in InquiryDraft.objects.get(pk=passed.pk).typed["question"])

    page.locator(UNDO).press("Enter")

    expect(page.locator("#messages")).to_contain_text("on sellega juba jätkanud")
    assert InquiryDraft.objects.get(pk=passed.pk).owner == mari


def test_colleague_on_another_page_is_told_and_opens_it_by_one_key(
    page, live_server, agent, mari, stream, another
):
    theirs = another(mari)
    theirs.goto(f"{live_server.url}/")
    listens(theirs)
    page.goto(f"{live_server.url}/calls/{draft(agent, 'tiik').key}/")
    choose(page, "kuusk")

    expect(theirs.locator("call-pop .pop")).to_contain_text(f"{agent} annab Teile kontakti edasi")
    assert theirs.evaluate("document.activeElement === document.body")
    theirs.keyboard.press("Alt+KeyV")
    theirs.wait_for_url("**/calls/*-*/")

    expect(theirs.locator(QUESTION)).to_have_value("tiik")
    theirs.goto(f"{live_server.url}/")
    theirs.wait_for_timeout(500)
    expect(theirs.locator("call-pop .pop")).to_have_count(0)


def test_next_contact_comes_to_the_front_when_one_is_passed_on(page, live_server, agent, mari):
    first, _second = draft(agent, "esimene"), draft(agent, "teine")
    page.goto(f"{live_server.url}/calls/{first.key}/")
    expect(page.locator(TABS)).to_have_count(2)

    choose(page, "kuusk")

    expect(page.locator(QUESTION)).to_have_value("teine")
    expect(page.locator(TABS)).to_have_count(1)
    expect(page.locator(UNDO)).to_be_visible()


def test_full_room_at_the_colleague_is_said_in_the_chooser(call, agent, mari, faults):
    faults.expect("422")
    for number in range(5):
        draft(mari, f"kõne {number}")
    call.locator(QUESTION).fill("tiik")

    choose(call, "kuusk")

    expect(call.locator("#pass-problem")).to_contain_text("avatud on juba 5 kontakti")
    expect(call.locator(DIALOG)).to_be_visible()
    call.keyboard.press("Escape")
    expect(call.locator(DIALOG)).to_be_hidden()
    expect(call.locator(QUESTION)).to_be_focused()
    saved_text(call, "tiik")
    assert draft_of(call).owner == agent


def test_chooser_goes_by_arrows_and_says_when_nobody_is_chosen(call, agent, mari):
    at_the_line(first_name="Aadu", last_name="Aas")
    call.locator(QUESTION).fill("tiik")
    call.keyboard.press("Alt+KeyG")
    expect(call.locator(f"{DIALOG} [name=to]")).to_have_count(2)
    call.keyboard.press("Enter")
    expect(call.locator("#pass-problem")).to_contain_text("Valige kolleeg")

    call.keyboard.press("ArrowDown")
    call.keyboard.press("ArrowDown")
    expect(call.locator(f"{DIALOG} [name=to]").nth(1)).to_be_focused()
    call.keyboard.press("Enter")
    leaves_the_call(call)

    assert InquiryDraft.objects.get().owner == mari


@pytest.mark.both
def test_colleague_on_a_break_is_promised_to_call_back_and_the_number_is_asked_for(
    call, agent, mari, topic, faults
):
    faults.expect("422")
    User.objects.filter(pk=mari.pk).update(line_state="break")
    take_topic(call)
    call.locator(QUESTION).fill("Küsib tiigi kohta")

    choose(call, "kuusk")

    expect(call.locator("#call-callback-number")).to_be_focused()
    expect(call.locator("[name=callback_by_name]")).to_have_value("Mari Kuusk")
    call.keyboard.press("Control+Enter")
    expect(call.locator("#error-summary")).to_be_focused()
    expect(call.locator("#call-callback-number")).to_have_attribute("aria-invalid", "true")
    call.locator("#call-callback-number").fill("5300 1234")
    call.keyboard.press("Control+Enter")
    leaves_the_call(call)

    inquiry = Inquiry.objects.get()
    assert (inquiry.agent, inquiry.responsible) == (agent, mari)
    assert inquiry.callback_number == "+37253001234"
    assert DraftPassing.objects.get().is_callback
    call.keyboard.press("Control+KeyZ")
    call.wait_for_url("**/calls/*-*/")
    expect(call.locator("[name=callback_by_name]")).to_have_value("Mari Kuusk")


def test_known_number_is_taken_for_the_callback_and_the_promise_can_be_ones_own(call, mari, topic):
    User.objects.filter(pk=mari.pk).update(line_state="away")
    call.locator("#caller-lookup").fill("5511 0000")
    take_topic(call)
    call.locator(QUESTION).fill("Küsib tiigi kohta")

    choose(call, "kuusk")

    expect(call.locator("#call-callback-number")).to_have_value("5511 0000")
    expect(call.locator("#call-callback-due-at")).to_be_focused()
    call.locator("[data-calls-back-oneself]").press("Enter")
    expect(call.locator("[name=callback_by_name]")).to_have_value("")
    call.keyboard.press("Control+Enter")
    leaves_the_call(call)
    assert Inquiry.objects.get().responsible != mari


@pytest.mark.both
def test_c21_draft_saved_elsewhere_meanwhile_shows_both_texts_before_it_is_passed_on(
    call, agent, mari, faults
):
    faults.expect("409")
    call.locator(QUESTION).fill("esimene")
    saved_text(call, "esimene")
    standing = draft_of(call)
    actions.save_draft(
        key=standing.key,
        version=standing.version,
        typed={**standing.typed, "question": "mujal kirjutatud"},
        by=agent,
        at=timezone.now(),
    )
    call.locator(QUESTION).fill("siin kirjutatud")

    choose(call, "kuusk")

    dialog = call.locator("#conflict-dialog")
    expect(dialog).to_contain_text("mujal kirjutatud")
    expect(dialog).to_contain_text("siin kirjutatud")
    assert draft_of(call).owner == agent


def test_passing_on_while_the_server_is_away_keeps_the_text_and_says_so(
    call, mari, context, faults
):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    call.locator(QUESTION).fill("tiik")
    saved_text(call, "tiik")
    call.keyboard.press("Alt+KeyG")
    call.keyboard.type("kuusk")
    expect(call.locator(f"{DIALOG} [name=to]:checked")).to_have_count(1)
    call.wait_for_timeout(300)
    context.set_offline(True)

    call.keyboard.press("Enter")

    expect(call.locator("#pass-problem")).to_contain_text("Praegu ei saanud edasi anda")
    context.set_offline(False)
    expect(call.locator("#outage")).to_be_hidden(timeout=10000)
    call.keyboard.press("Enter")
    leaves_the_call(call)
    assert InquiryDraft.objects.get().owner == mari


def test_directory_opens_beside_the_call_and_the_form_is_as_it_was(call, topic, mari):
    UserFactory(first_name="Hoopis", last_name="Teine")
    Responsibility.objects.create(user=mari, topic_code=topic.code)
    take_topic(call)
    call.locator(QUESTION).fill("pooleli mõte")
    call.keyboard.press("ArrowLeft")

    call.keyboard.press("Alt+KeyK")
    found = call.locator("#staff-found")
    expect(found).to_contain_text("Mari Kuusk")
    expect(found).to_contain_text("5300 0001")
    expect(found).to_contain_text("Kõnedeks valmis")
    expect(found).not_to_contain_text("Hoopis")
    call.keyboard.type("hoopis")
    expect(found).to_contain_text("Hoopis Teine")
    call.keyboard.press("Escape")

    expect(call.locator(QUESTION)).to_be_focused()
    assert call.evaluate("document.activeElement.selectionStart") == len("pooleli mõte") - 1
    call.keyboard.type("X")
    expect(call.locator(QUESTION)).to_have_value("pooleli mõtXe")
    expect(call.locator(TOPIC)).to_have_value("Veeluba")


def test_c25_choosers_stand_up_to_axe(call, topic, mari):
    Responsibility.objects.create(user=mari, topic_code=topic.code)
    at_the_line(first_name="Aadu", last_name="Aas")
    take_topic(call)
    call.keyboard.press("Alt+KeyG")
    expect(call.locator(f"{DIALOG} [name=to]")).to_have_count(2)
    assert violations(call) == []
    call.keyboard.press("Escape")
    call.keyboard.press("Alt+KeyK")
    expect(call.locator("#staff-found")).to_contain_text("Mari Kuusk")
    assert violations(call) == []
