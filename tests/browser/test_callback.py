"""A missed call becomes a promise, the promise a call back, and is kept: by the keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from inquiries.models import CallbackTry, Dialling, Inquiry
from inquiries.states import InquiryState
from tests.browser.call_page import QUESTION, take_topic, wait_for
from tests.browser.test_story import Keyboard
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory, PhoneCallFactory
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, TopicFactory

NUMBER = "+37253001234"
# Without a telephone the browser would ask which program shall dial, and take the keyboard for it.
NO_TELEPHONE = """document.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='tel:']")) event.preventDefault();
}, true)"""


@pytest.fixture(autouse=True)
def no_telephone(page):
    page.add_init_script(NO_TELEPHONE)


@pytest.fixture
def agent(sign_in):
    return sign_in(user=UserFactory(role="specialist"))


@pytest.fixture
def keys(page):
    return Keyboard(page)


@pytest.fixture
def topic(transactional_db):
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Veeloa taotlemine")
    return TopicFactory(name_et="Veeluba", default_article=article)


@pytest.fixture
def promise(topic):
    mari = ClientFactory(first_name="Mari", last_name="Tamm", phone=NUMBER)
    return InquiryFactory(
        callback=True,
        client=mari,
        topic=topic,
        main_topic=None,
        callback_number=NUMBER,
        question="Kas tohib?",
        started_at=timezone.now(),
    )


def test_missed_call_is_promised_called_back_and_kept(page, live_server, agent, keys, topic):
    ClientFactory(first_name="Mari", last_name="Tamm", phone=NUMBER)
    PhoneCallFactory(missed=True, number=NUMBER, rang_at=timezone.now())
    page.goto(f"{live_server.url}{reverse('inquiries:missed_calls')}")

    keys.tab_to("form:has([name=wanted]) button")
    keys.press("Enter")
    expect(page.locator("#caller-lookup")).to_be_focused()
    page.wait_for_load_state()
    keys.press("Control+KeyA")
    keys.type("Mari")
    expect(page.locator("#caller-results [role=option]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    keys.type("veeluba")
    expect(page.locator("#topic-list [role=option]")).to_have_count(1)
    keys.press("Enter")
    keys.type("Helistas kaks korda")
    keys.press("Control+Enter")
    page.wait_for_url(f"{live_server.url}/")
    promise = Inquiry.objects.get()
    assert (promise.state, promise.callback_number) == (InquiryState.CALLBACK, NUMBER)

    page.goto(f"{live_server.url}{reverse('inquiries:callbacks')}")
    keys.press("Alt+KeyB")
    expect(page.locator("#promise-title")).to_be_visible()
    page.wait_for_load_state()
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    keys.press("Alt+KeyD")
    wait_for(lambda: Dialling.objects.filter(inquiry=promise, by=agent, number=NUMBER).exists())
    expect(page.locator(QUESTION)).to_be_focused()
    keys.type("Sai kätte")
    keys.press("Alt+Digit1", "Control+Enter")
    page.wait_for_url(f"{live_server.url}/")

    promise.refresh_from_db()
    assert promise.state == InquiryState.SOLVED
    assert CallbackTry.objects.get().result == "answered"
    page.goto(f"{live_server.url}{reverse('inquiries:show', args=[promise.pk])}")
    tries = page.locator("[aria-labelledby=callback-title] li")
    expect(tries.first).to_contain_text("Vastatud")
    expect(tries.last).to_contain_text("Valiti number +372 5300 1234")


def test_nobody_reached_and_the_words_written_meanwhile_come_back(
    page, live_server, agent, keys, promise
):
    page.goto(f"{live_server.url}{reverse('inquiries:show', args=[promise.pk])}")
    page.wait_for_load_state()
    keys.press("Alt+KeyB")
    expect(page.locator("#promise-title")).to_be_visible()
    page.wait_for_load_state()
    page.locator(QUESTION).fill("Helistan kell kolm uuesti")

    page.locator("[name=result][value=busy]").press("Enter")
    page.wait_for_url(f"**{reverse('inquiries:callbacks')}")
    assert CallbackTry.objects.get().result == "busy"
    keys.press("Control+KeyZ")

    expect(page.locator(QUESTION)).to_have_value("Helistan kell kolm uuesti")


def test_number_on_the_callers_card_is_dialled_for_the_inquiry_gone_on_with(
    page, live_server, agent, promise
):
    page.goto(f"{live_server.url}/calls/new/")
    page.locator("#caller-lookup").fill("Mari Tamm")
    expect(page.locator("#caller-results [role=option]")).to_have_count(1)
    page.locator("#caller-lookup").press("Enter")
    page.locator(".hist summary").first.click()
    page.locator("[data-follow-up]").first.click()

    page.locator("#caller a[data-dial]").click()

    wait_for(lambda: Dialling.objects.filter(inquiry=promise, client=promise.client).exists())
    take_topic(page)
