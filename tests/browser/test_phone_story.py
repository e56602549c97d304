"""The two stories of the telephone, whole: the exchange knocks at its real door, the agent has the keyboard alone."""

import httpx
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.actions import set_line_state
from accounts.models import LineState
from inquiries import actions
from inquiries.models import CallbackTry, Dialling, Inquiry, LinkedHow, PhoneCall
from inquiries.queries.phone_calls import (
    calls_without_inquiry,
    inquiries_without_call,
    missed_calls,
)
from inquiries.states import InquiryState
from tests.browser.call_page import QUESTION, wait_for
from tests.browser.test_callback import NO_TELEPHONE
from tests.browser.test_story import Keyboard
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import PhoneLineFactory
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, TopicFactory

TOKEN = "sdcti_" + "s" * 43
NUMBER = "+37253001234"

pytestmark = [pytest.mark.both, pytest.mark.timeout(300)]


@pytest.fixture
def agent(page, sign_in, stream):
    page.add_init_script(NO_TELEPHONE)
    user = sign_in(user=UserFactory(role="specialist", extension="5902"))
    set_line_state(user=user, state=LineState.READY, by=user, at=timezone.now())
    return user


@pytest.fixture
def exchange(live_server, stream):
    """An exchange that sends forms, as most of them do."""
    PhoneLineFactory(token=TOKEN)

    def tell(event, call, **more):
        told = {"event": event, "callId": call, "direction": "in", "from": "5300 1234"}
        answer = httpx.post(
            f"{live_server.url}/api/v1/cti/{TOKEN}",
            data={**told, "to": "6625900", **more},
            timeout=30,
        )
        assert (answer.status_code, answer.json()) == (200, {})

    return tell


@pytest.fixture
def keys(page):
    return Keyboard(page)


@pytest.fixture
def mari(transactional_db):
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Veeloa taotlemine")
    TopicFactory(name_et="Veeluba", default_article=article)
    return ClientFactory(first_name="Mari", last_name="Tamm", phone=NUMBER)


def listens(page):
    page.wait_for_function("() => document.querySelector('live-events').since !== ''")


def take_the_topic(page, keys):
    keys.type("veeluba")
    expect(page.locator("#topic-list [role=option]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator(QUESTION)).to_be_focused()


def state_of(user):
    user.refresh_from_db()
    return user.line_state


def test_ringing_phone_becomes_a_finished_inquiry(page, live_server, agent, keys, mari, exchange):
    page.goto(f"{live_server.url}/")
    listens(page)

    # It rings at the desk, and the agent sees who it is before it is answered.
    exchange("newCall", "ring", **{"user[]": ["5902"]})
    expect(page.locator("call-pop h2")).to_contain_text("Mari Tamm")
    exchange("answer", "ring", answeringNumber="5902")
    keys.press("Alt+KeyV")
    page.wait_for_url("**/calls/*-*/")
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    listens(page)

    # While they talk it is written down; the hangup moves nothing that is typed.
    expect(page.locator("#topic-search")).to_be_focused()
    take_the_topic(page, keys)
    keys.type("Kas tiigi jaoks on ")
    exchange("hangup", "ring", cause="normalClearing")
    expect(page.locator("[data-end-call]")).to_be_disabled()
    keys.type("luba vaja?")
    keys.press("Tab")
    keys.type("Kuni üks hektar ei ole.")
    wait_for(lambda: state_of(agent) == LineState.AFTER_CALL)
    keys.press("Alt+Digit1", "Control+Enter")
    page.wait_for_url(f"{live_server.url}/")

    inquiry, call = Inquiry.objects.get(), PhoneCall.objects.get()
    assert (inquiry.state, inquiry.client, inquiry.agent) == (InquiryState.SOLVED, mari, agent)
    assert (inquiry.question, inquiry.answer) == (
        "Kas tiigi jaoks on luba vaja?",
        "Kuni üks hektar ei ole.",
    )
    assert (inquiry.caller_number, inquiry.channel) == (NUMBER, "phone")
    assert (inquiry.started_at, inquiry.ended_at) == (call.answered_at, call.ended_at)
    assert (call.contact_key, call.linked_how, call.agent) == (inquiry.key, LinkedHow.POP, agent)
    assert state_of(agent) == LineState.READY
    now = timezone.now()
    for left in (calls_without_inquiry, inquiries_without_call, missed_calls):
        assert not left(by=agent, at=now).exists()
    page.goto(f"{live_server.url}{reverse('inquiries:show', args=[inquiry.pk])}")
    expect(page.locator("main")).to_contain_text("+372 5300 1234")


def test_missed_call_becomes_a_kept_callback(page, live_server, agent, keys, mari, exchange):
    # It rings twice, and nobody is there.
    for call in ("first", "second"):
        exchange("newCall", call, queue="klienditugi")
        exchange("hangup", call, cause="cancel")
    page.goto(f"{live_server.url}{reverse('inquiries:missed_calls')}")
    expect(page.locator("main")).to_contain_text("Mari Tamm")

    # A callback is promised for both.
    keys.tab_to("form:has([name=wanted]) button")
    keys.press("Enter")
    expect(page.locator("#caller-lookup")).to_be_focused()
    page.wait_for_load_state()
    keys.press("Control+KeyA")
    keys.type("Mari")
    expect(page.locator("#caller-results [role=option]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    take_the_topic(page, keys)
    keys.type("Helistas kaks korda")
    keys.press("Control+Enter")
    page.wait_for_url(f"{live_server.url}/")
    promise = Inquiry.objects.get()
    assert (promise.state, promise.callback_number) == (InquiryState.CALLBACK, NUMBER)
    assert not missed_calls(by=agent, at=timezone.now()).exists()

    # The agent calls back; the exchange tells of that call too.
    page.goto(f"{live_server.url}{reverse('inquiries:callbacks')}")
    keys.press("Alt+KeyB")
    expect(page.locator("#promise-title")).to_be_visible()
    page.wait_for_load_state()
    keys.press("Alt+KeyD")
    wait_for(lambda: Dialling.objects.filter(inquiry=promise, by=agent, number=NUMBER).exists())
    out = {"direction": "out", "from": "6625902", "to": NUMBER, "user": "5902"}
    for event, more in (("newCall", {}), ("answer", {}), ("hangup", {"cause": "normalClearing"})):
        exchange(event, "back", **out, **more)
    expect(page.locator(QUESTION)).to_be_focused()
    keys.type("Sai kätte")
    keys.press("Alt+Digit1", "Control+Enter")
    page.wait_for_url(f"{live_server.url}/")

    promise.refresh_from_db()
    assert promise.state == InquiryState.SOLVED
    assert CallbackTry.objects.get().result == "answered"
    actions.match_calls(at=timezone.now())
    kept_by = Inquiry.objects.exclude(pk=promise.pk).first() or promise
    back = PhoneCall.objects.get(call_id="back")
    assert (back.contact_key, back.agent, back.is_missed) == (kept_by.key, agent, False)
    page.goto(f"{live_server.url}{reverse('inquiries:callbacks')}")
    expect(page.locator("main")).not_to_contain_text("Mari Tamm")
