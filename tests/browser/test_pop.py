"""The screen pop: C4, C5 and C8 of the design paper, by a real event over a real socket."""

import time

import httpx
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inquiries.models import Inquiry, InquiryDraft, PhoneCall
from knowledge.models import FavouriteTopic
from tests.browser.call_page import crowding, leaves_the_call
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory, PhoneLineFactory
from tests.factories.knowledge import TopicFactory

TOKEN = "sdcti_" + "p" * 43
QUESTION = "#call-question"


@pytest.fixture
def agent(sign_in, stream):
    return sign_in(user=UserFactory(role="specialist", extension="5902"))


@pytest.fixture
def exchange(live_server, stream):
    PhoneLineFactory(token=TOKEN)

    def tell(event, call="1", number="53001234", **more):
        answer = httpx.post(
            f"{live_server.url}/api/v1/cti/{TOKEN}",
            json={
                "event": event,
                "callId": call,
                "direction": "in",
                "from": number,
                "to": "6625900",
                "answeringNumber": "5902",
                **more,
            },
            timeout=30,
        )
        assert answer.status_code == 200

    return tell


@pytest.fixture
def mari():
    made = ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    made.pinned_note = "Räägib vaikselt"
    made.save()
    topic = TopicFactory(name_et="Veeluba")
    for number in range(6):
        InquiryFactory(client=made, topic=topic, main_topic=None, question=f"Küsimus {number}")
    return made


@pytest.fixture
def call(page, live_server, agent):
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    return page


def listens(page):
    """The page has its first beat: from now on nothing is missed."""
    page.wait_for_function("() => document.querySelector('live-events').since !== ''")


def test_c4_caller_and_last_five_inquiries_stand_within_a_second_of_the_event(
    page, live_server, agent, mari, exchange
):
    page.goto(f"{live_server.url}{reverse('workspace:my_day')}")
    listens(page)
    rows = page.locator("call-pop .pop-earlier li")
    took = []
    # Five calls: what is measured is the product, not what else this machine does.
    for number in range(5):
        began = time.monotonic()
        exchange("answer", call=str(number))
        expect(rows.last).to_be_visible()
        took.append(time.monotonic() - began)
        expect(rows).to_have_count(5)
        expect(page.locator("call-pop h2")).to_contain_text("Mari Tamm")
        expect(page.locator("call-pop .note-sticky")).to_contain_text("Räägib vaikselt")
        page.locator("call-pop [data-put-away]").click()
        expect(rows).to_have_count(0)

    assert min(took) < 1.0


@pytest.mark.both
def test_c2_known_caller_and_common_topic_take_at_most_twelve_keystrokes_from_the_pop(
    page, live_server, agent, mari, exchange, topic
):
    """Those listed here, each modifier counted as a key of its own; the source comes by itself."""
    FavouriteTopic.objects.create(user=agent, digit=1, topic=topic)
    page.goto(f"{live_server.url}{reverse('workspace:my_day')}")
    listens(page)
    exchange("answer")
    expect(page.locator("call-pop .pop")).to_be_visible()

    page.keyboard.press("Alt+KeyV")  # 2: takes the call
    page.wait_for_url("**/calls/*-*/")
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    page.evaluate(
        "addEventListener('keydown', () => (window.pressed = (window.pressed ?? 0) + 1), true)"
    )
    page.keyboard.press("Alt+KeyT")  # 2: to the topic
    expect(page.locator("#topic-list [data-digit='1']")).to_be_visible()
    page.keyboard.press("Digit1")  # 1: the favourite
    expect(page.locator("#call-source-version option:checked")).to_have_text(
        "Veeluba ja registreering"
    )
    page.keyboard.press("Alt+Digit1")  # 2: solved
    pressed = 2 + page.evaluate("window.pressed") + 2
    page.keyboard.press("Control+Enter")  # 2: saved and finished
    leaves_the_call(page)

    assert pressed == 9
    inquiry = Inquiry.objects.exclude(client=None).latest("pk")
    assert (inquiry.client, inquiry.topic, inquiry.caller_number) == (mari, topic, "+37253001234")
    assert inquiry.source_version.title == "Veeluba ja registreering"


@pytest.mark.both
@pytest.mark.timeout(300)
def test_c4_with_ten_tabs_open_the_pop_shows_within_a_second_and_an_eleventh_loads(
    context, live_server, agent, mari, exchange
):
    """As a browser has it one tab is in front; another one holds the connection."""
    pages = [context.new_page() for _page in range(10)]
    *behind, front = pages
    for page in behind:
        page.add_init_script(BEHIND)
    for page in pages:
        page.goto(f"{live_server.url}/calls/new/")
        listens(page)
    took = []
    for call in range(4):
        expect(front.locator("call-pop .pop")).to_have_count(0, timeout=15000)
        front.evaluate(SHOWN_AT)
        began = time.time() * 1000
        exchange("answer", call=str(call))
        front.wait_for_function("() => window.shownAt", timeout=15000)
        took.append(front.evaluate("window.shownAt") - began)
        if call < 3:
            exchange("hangup", call=str(call), cause="normalClearing")
            front.locator("call-pop [data-put-away]").first.click()

    assert min(took) < 1000 * crowding(), took
    behind[4].evaluate(COMES_TO_THE_FRONT)
    expect(behind[4].locator("call-pop .pop-earlier li").first).to_be_visible()
    began = time.monotonic()
    eleventh = context.new_page()
    eleventh.goto(f"{live_server.url}/calls/new/")
    expect(eleventh.locator("call-pop .pop-earlier li").first).to_be_visible(timeout=15000)
    assert time.monotonic() - began < 15  # with the connections used up it would never load


@pytest.mark.both
def test_pop_put_away_goes_off_the_other_windows_too(context, live_server, agent, exchange):
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto(f"{live_server.url}/")
        listens(page)
    exchange("answer")
    expect(one.locator("call-pop .pop")).to_be_visible()
    expect(two.locator("call-pop .pop")).to_be_visible()

    one.locator("call-pop [data-put-away]").click()

    expect(two.locator("call-pop .pop")).to_have_count(0)


BEHIND = """
window.isBehind = true;
Object.defineProperty(document, "hidden", { get: () => window.isBehind });
"""
COMES_TO_THE_FRONT = """() => {
  window.isBehind = false;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SHOWN_AT = """() => {
  window.shownAt = 0;
  const pop = document.querySelector("call-pop");
  new MutationObserver(() => { if (pop.querySelector(".pop .pop-earlier li")) window.shownAt ||= Date.now(); })
    .observe(pop, { childList: true, subtree: true });
}"""


def test_c5_pop_takes_no_focus_and_moves_nothing_that_is_typed(call, mari, exchange):
    call.locator(QUESTION).fill("Esimene kõne: tiik ")
    call.locator(QUESTION).press("ArrowLeft")
    listens(call)
    before = call.locator(QUESTION).bounding_box()

    exchange("newCall", user="5902")
    call.keyboard.type("jagu")
    expect(call.locator("call-pop .pop")).to_be_visible()
    call.keyboard.type("X")

    assert call.locator(QUESTION).input_value() == "Esimene kõne: tiikjaguX "
    assert call.evaluate("document.activeElement.id") == "call-question"
    assert call.evaluate("document.activeElement.selectionStart") == 23
    assert call.locator(QUESTION).bounding_box() == before


def test_second_call_opens_as_a_tab_and_the_text_of_the_first_stands(call, agent, mari, exchange):
    call.locator(QUESTION).fill("Esimene")
    first = call.locator("#call-form").get_attribute("data-key")
    listens(call)

    exchange("answer")
    expect(call.locator("call-pop .pop")).to_be_visible()
    call.keyboard.press("Alt+KeyV")
    call.wait_for_url(lambda url: first not in url)

    second = InquiryDraft.objects.exclude(key=first).get()
    assert second.typed["caller_number"] == "+37253001234"
    assert second.typed["client"] == str(mari.pk)
    assert PhoneCall.objects.get().contact_key == second.key
    expect(call.locator("#caller")).to_contain_text("Mari Tamm")
    expect(call.locator("call-pop .pop")).to_have_count(0)
    call.goto(call.url.replace(str(second.key), first))
    expect(call.locator(QUESTION)).to_have_value("Esimene")


def test_c8_of_several_clients_with_the_number_one_is_chosen_by_digit_and_none_before(
    call, agent, mari, exchange
):
    jaan = ClientFactory(first_name="Jaan", last_name="Tamm", phone="5300 1234")
    call.locator(QUESTION).focus()
    listens(call)

    exchange("answer")
    expect(call.locator("call-pop .pop-matches li")).to_have_count(3)
    assert call.locator("call-pop [aria-selected=true], call-pop input:checked").count() == 0
    call.keyboard.press("Alt+KeyV")
    assert not any(draft.typed.get("client") for draft in InquiryDraft.objects.all())
    call.keyboard.press("Digit1")
    call.wait_for_url(lambda url: "/calls/" in url)
    expect(call.locator("#caller")).to_contain_text("Jaan Tamm")

    draft = InquiryDraft.objects.get(key=PhoneCall.objects.get().contact_key)
    assert draft.typed["client"] == str(jaan.pk)


def test_escape_leads_back_to_where_one_was_typing(call, mari, exchange):
    ClientFactory(first_name="Jaan", last_name="Tamm", phone="5300 1234")
    call.locator(QUESTION).fill("abc")
    listens(call)
    exchange("answer")
    expect(call.locator("call-pop .pop-matches")).to_be_visible()

    call.keyboard.press("Alt+KeyV")
    expect(call.locator("call-pop .pop-matches")).to_be_focused()
    call.keyboard.press("Escape")

    expect(call.locator(QUESTION)).to_be_focused()


def test_hangup_stops_the_clock_of_the_open_draft(call, agent, mari, exchange):
    listens(call)
    exchange("answer")
    expect(call.locator("call-pop .pop")).to_be_visible()
    call.keyboard.press("Alt+KeyV")
    call.wait_for_url(lambda url: str(PhoneCall.objects.get().contact_key) in url)
    listens(call)
    call.locator(QUESTION).fill("abc")

    exchange("hangup", cause="normalClearing")

    expect(call.locator("[data-end-call]")).to_be_disabled()
    expect(call.locator(QUESTION)).to_be_focused()
    contact = PhoneCall.objects.get()
    assert InquiryDraft.objects.get(key=contact.contact_key).ended_at >= contact.ended_at


def test_call_that_a_colleague_answers_goes_off_the_screen(page, live_server, agent, exchange):
    UserFactory(role="specialist", extension="5903")
    page.goto(f"{live_server.url}/")
    listens(page)
    exchange("newCall", answeringNumber="", user=["5902", "5903"])
    expect(page.locator("call-pop .pop")).to_be_visible()

    exchange("answer", answeringNumber="5903")

    expect(page.locator("call-pop .pop")).to_have_count(0)


def test_pop_put_away_stays_away_on_the_next_page_too(page, live_server, agent, exchange):
    page.goto(f"{live_server.url}/")
    listens(page)
    exchange("answer", number="anonymous")
    expect(page.locator("call-pop h2")).to_contain_text("Varjatud number")

    page.locator("call-pop [data-put-away]").click()
    expect(page.locator("call-pop .pop")).to_have_count(0)
    page.goto(f"{live_server.url}/settings/")

    expect(page.locator("call-pop .pop")).to_have_count(0)
