"""The call screen, one test a requirement: C1–C25 of the design paper, as far as this stage brings them."""

import itertools
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from inquiries.models import Inquiry, InquiryDraft
from knowledge.models import FavouriteTopic
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    TopicFactory,
    TopicTermFactory,
)

SAVED = "salvestatud"
QUESTION = "#call-question"
TOPIC = "#topic-search"


@pytest.fixture
def agent(sign_in):
    return sign_in("specialist")


@pytest.fixture
def topic(db):
    """A common topic with its usual source, on the agent's first digit."""
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Veeluba ja registreering")
    made = TopicFactory(name_et="Veeluba", name_ru="Водное разрешение", default_article=article)
    article.topics.add(made)
    TopicTermFactory(topic=made, text="veeloa")
    return made


@pytest.fixture
def call(page, live_server, agent):
    """An open, empty call."""
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    return page


def draft_of(page):
    return InquiryDraft.objects.get(pk=page.locator("#call-form").get_attribute("data-key"))


def wait_for(true, seconds=8):
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.05)


def saved_text(page, text):
    wait_for(lambda: draft_of(page).typed.get("question") == text)


def take_topic(page, text="veeluba"):
    page.locator(TOPIC).fill(text)
    expect(page.locator("#topic-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")


def test_c1_new_inquiry_opens_from_anywhere_with_one_chord(page, live_server, agent):
    page.goto(f"{live_server.url}/")
    began = time.monotonic()

    page.goto(f"{live_server.url}/calls/new/")
    page.keyboard.press("Alt+KeyN")

    expect(page.locator("#caller-lookup")).to_be_focused()
    assert time.monotonic() - began < 5


@pytest.mark.both
def test_c2_known_caller_and_common_topic_take_at_most_twelve_keystrokes(call, agent, topic):
    FavouriteTopic.objects.create(user=agent, digit=1, topic=topic)
    call.evaluate(
        "addEventListener('keydown', () => (window.pressed = (window.pressed ?? 0) + 1), true)"
    )
    keys = ["Alt+KeyT", "Digit1", "Alt+Digit1", "Control+Enter"]

    for key in keys[:1]:
        call.keyboard.press(key)
    expect(call.locator("#topic-list [role=option]")).to_have_count(1)
    for key in keys[1:3]:
        call.keyboard.press(key)
    expect(call.locator("#call-source-version option:checked")).to_have_text(
        "Veeluba ja registreering"
    )
    pressed = call.evaluate("window.pressed") + 2
    call.keyboard.press(keys[3])
    call.wait_for_url(lambda url: "/calls/" not in url)

    assert pressed <= 12
    assert Inquiry.objects.get().source_version.title == "Veeluba ja registreering"


def test_c3_each_stop_shows_its_focus_and_nothing_traps_it(call):
    call.locator(".skip").focus()
    seen, plain = [], []
    for _step in range(70):
        call.keyboard.press("Tab")
        stop = call.evaluate(
            """() => {
              const element = document.activeElement, look = getComputedStyle(element);
              const near = element.closest(".topic, .seg label, .pick label") ?? element;
              const beside = element.nextElementSibling ? getComputedStyle(element.nextElementSibling) : look;
              const seen = [look, getComputedStyle(near), beside].some((style) =>
                (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
              return [element.id || element.textContent.trim().slice(0, 30), seen, element.tagName];
            }"""
        )
        if stop[2] == "BODY":
            break
        seen.append(stop[0])
        if not stop[1]:
            plain.append(stop[0])

    assert plain == []
    order = [seen.index(name) for name in ("caller-lookup", "topic-search", "call-question")]
    assert order == sorted(order)
    assert any(name.startswith("call-outcome") for name in seen)


def test_c6_four_spellings_find_the_same_person(call, topic):
    ClientFactory(first_name="Mari", last_name="Tamm", phone="+372 5300 1234")

    for spelling in ("Tamm", "53001234", "+372 5300 1234", "00372 53 00 12 34"):
        call.locator("#caller-lookup").fill(spelling)
        expect(call.locator("#caller-results [role=option]")).to_contain_text("Mari Tamm")


def test_c6_slow_first_answer_never_replaces_the_second(call):
    ClientFactory(first_name="Mari", last_name="Tamm")
    ClientFactory(first_name="Jaan", last_name="Kask")

    def late(route):
        if "Tamm" in (route.request.post_data or ""):
            time.sleep(0.6)
        route.continue_()

    call.route("**/calls/callers/", late)
    call.locator("#caller-lookup").fill("Tamm")
    call.wait_for_timeout(250)
    call.locator("#caller-lookup").fill("Kask")

    expect(call.locator("#caller-results [role=option]")).to_contain_text("Jaan Kask")
    call.wait_for_timeout(800)
    expect(call.locator("#caller-results [role=option]")).to_contain_text("Jaan Kask")


def test_c7_unknown_caller_is_no_hindrance(call, topic):
    call.locator("#caller-lookup").fill("5511 0000")
    take_topic(call)
    call.keyboard.press("Alt+Digit1")
    call.keyboard.press("Control+Enter")
    call.wait_for_url(lambda url: "/calls/" not in url)

    inquiry = Inquiry.objects.get()
    assert (inquiry.client, inquiry.caller_number) == (None, "+37255110000")


def test_c8_nobody_of_several_is_chosen_by_itself(call):
    for name in ("Mari", "Jaan"):
        ClientFactory(first_name=name, last_name="Tamm", phone="+372 5300 1234")

    call.locator("#caller-lookup").fill("53001234")
    expect(call.locator("#caller-results [role=option]")).to_have_count(2)
    call.keyboard.press("Enter")

    assert call.locator("[name=client]").input_value() == ""
    call.keyboard.press("ArrowDown")
    call.keyboard.press("ArrowDown")
    call.keyboard.press("Enter")
    expect(call.locator("#caller strong")).to_be_visible()


def test_c9_open_inquiries_come_first_and_are_read_without_leaving_the_form(call):
    tamm = ClientFactory(first_name="Mari", last_name="Tamm")
    InquiryFactory(client=tamm, question="Vana küsimus")
    waiting = InquiryFactory(
        client=tamm,
        callback=True,
        question="Lubati tagasi helistada",
        started_at=timezone.now() - timedelta(days=40),
    )
    call.locator(QUESTION).fill("pooleli mõte")
    call.locator("#caller-lookup").fill("Tamm")
    expect(call.locator("#caller-results [role=option]")).to_have_count(1)
    call.locator("#caller-lookup").press("Enter")

    first = call.locator(".hist > li").first
    first.locator("summary").press("Enter")
    expect(first).to_contain_text("Lubati tagasi helistada")
    first.locator("[data-follow-up]").press("Enter")

    assert call.locator(QUESTION).input_value() == "pooleli mõte"
    expect(call.locator("[data-follow-up-chip]")).to_contain_text(waiting.number)
    wait_for(lambda: draft_of(call).typed.get("follow_up_of") == str(waiting.pk))


def test_c10_topic_is_found_by_any_language_and_bent_words(call, topic):
    for text in ("veeluba", "veeloa", "водное", "VEELUBA"):
        call.locator(TOPIC).fill(text)
        expect(call.locator("#topic-list [role=option]").first).to_contain_text("Veeluba")


def test_c10_quick_hand_need_not_wait_for_the_answers(call, topic):
    ClientFactory(first_name="Mari", last_name="Tamm")
    call.locator("#caller-lookup").focus()
    call.keyboard.type("Mari Tamm")
    call.keyboard.press("Enter")
    expect(call.locator("#caller strong")).to_contain_text("Mari Tamm")
    expect(call.locator(TOPIC)).to_be_focused()

    call.keyboard.type("veeloa")
    call.keyboard.press("Enter")
    call.keyboard.type("Küsib tiigi kohta")

    expect(call.locator(QUESTION)).to_have_value("Küsib tiigi kohta")
    expect(call.locator(TOPIC)).to_have_value("Veeluba")
    expect(call.locator("[name=topic]")).to_have_value(str(topic.pk))


def test_c11_topic_list_is_a_proper_combobox(call, topic):
    call.locator(TOPIC).fill("vee")
    expect(call.locator("#topic-count")).to_contain_text("1")

    field = call.locator(TOPIC)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    active = field.get_attribute("aria-activedescendant")
    assert call.locator(f"#{active}").get_attribute("aria-selected") == "true"


@pytest.mark.both
def test_c12_every_keystroke_survives_a_killed_page(call, context):
    call.locator(QUESTION).press_sequentially("Küsib veeloa kohta, viimane täht x")
    url = call.url
    # The page goes at once, without its farewell events and before the pause that saves.
    call.close(run_before_unload=False)

    again = context.new_page()
    again.goto(url)

    expect(again.locator(QUESTION)).to_have_value("Küsib veeloa kohta, viimane täht x")


def test_c12_typing_reaches_the_server_within_two_seconds_of_a_pause(call):
    call.locator(QUESTION).press_sequentially("Paus")
    began = time.monotonic()

    saved_text(call, "Paus")

    assert time.monotonic() - began < 4


@pytest.mark.both
def test_c13_ended_session_loses_nothing(call, context, agent, client, live_server, faults):
    faults.expect("401")
    cookie = next(
        kept for kept in context.cookies() if kept["name"] == settings.SESSION_COOKIE_NAME
    )
    saved_text(call, "")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    call.locator(QUESTION).fill("Kirjutatud pärast seansi lõppu")
    expect(call.locator("#signed-out")).to_be_visible(timeout=8000)

    client.force_login(agent)
    cookie["value"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([cookie])

    saved_text(call, "Kirjutatud pärast seansi lõppu")
    expect(call.locator("#signed-out")).to_be_hidden()


@pytest.mark.both
def test_c14_outage_is_said_calmly_and_the_finish_waits_in_line(call, context, topic, faults):
    faults.expect("ERR_INTERNET_DISCONNECTED")
    take_topic(call)
    expect(call.locator("#call-source-version option:checked")).to_have_text(
        "Veeluba ja registreering"
    )
    call.keyboard.press("Alt+Digit1")
    context.set_offline(True)
    call.locator(QUESTION).fill("Kaabel on läbi")
    expect(call.locator("#outage")).to_be_visible(timeout=8000)
    call.keyboard.press("Control+Enter")
    assert Inquiry.objects.count() == 0

    context.set_offline(False)
    call.wait_for_url(lambda url: "/calls/" not in url, timeout=20000)

    assert [inquiry.question for inquiry in Inquiry.objects.all()] == ["Kaabel on läbi"]


def test_c14_server_that_answers_503_is_an_outage_too(call, faults):
    faults.expect("503")
    call.route("**/save/", lambda route: route.fulfill(status=503, body="away"))
    call.locator(QUESTION).fill("Server on ära")
    expect(call.locator("#outage")).to_be_visible(timeout=8000)
    expect(call.locator("[data-saved-words]")).to_have_text("ainult selles arvutis", timeout=8000)

    call.unroute("**/save/")

    saved_text(call, "Server on ära")


def test_c14_own_words_whose_answer_got_lost_are_no_conflict(call, faults):
    faults.expect("ERR_FAILED")
    faults.expect("409")
    lost = []

    def lose_first(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    saved_text(call, "")
    call.route("**/save/", lose_first)
    call.locator(QUESTION).fill("Esimesed sõnad")
    while not lost:  # the route is played only while the page's events are
        call.wait_for_timeout(50)
    call.unroute("**/save/")
    call.locator(QUESTION).fill("Esimesed sõnad ja veel")

    saved_text(call, "Esimesed sõnad ja veel")
    expect(call.locator("#conflict-dialog")).to_be_hidden()


@pytest.mark.both
def test_c15_finishing_twice_makes_one_inquiry(call, topic):
    take_topic(call)
    call.keyboard.press("Alt+Digit1")

    call.keyboard.press("Control+Enter")
    call.keyboard.press("Control+Enter")
    call.wait_for_url(lambda url: "/calls/" not in url)

    assert Inquiry.objects.count() == 1


def test_c15_finish_whose_answer_got_lost_makes_one_inquiry(call, topic, faults):
    faults.expect("ERR_FAILED")
    take_topic(call)
    call.keyboard.press("Alt+Digit1")
    lost = []

    def lose_first(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    call.route("**/finish/", lose_first)
    call.keyboard.press("Control+Enter")
    call.wait_for_url(lambda url: "/calls/" not in url, timeout=20000)

    assert lost == [200]
    assert Inquiry.objects.count() == 1


def test_c16_save_state_stands_in_words_and_is_spoken_seldom(call):
    call.evaluate(
        """() => {
          window.spoken = [];
          new MutationObserver(() => window.spoken.push(Date.now()))
            .observe(document.querySelector("[data-saved-words]"), {childList: true, characterData: true, subtree: true});
        }"""
    )
    for _round in range(4):
        call.locator(QUESTION).press_sequentially("sõnad ")
        call.wait_for_timeout(1700)

    expect(call.locator("[data-saved-words]")).to_have_text(SAVED, timeout=8000)
    assert call.locator("[data-saved-at]").inner_text().count(":") == 2
    spoken = call.evaluate("window.spoken")
    assert all(later - earlier >= 4900 for earlier, later in itertools.pairwise(spoken))


def test_c17_timer_goes_on_after_a_reload(call):
    call.wait_for_timeout(2500)

    call.reload()

    started_at = draft_of(call).started_at
    before = (timezone.now() - started_at).total_seconds()
    minutes, seconds = call.locator("[data-timer]").inner_text().split(":")
    after = (timezone.now() - started_at).total_seconds()
    # The clock shows whole seconds and is redrawn once a second.
    assert before - 2 <= int(minutes) * 60 + int(seconds) <= after + 1
    assert call.locator("[data-timer]").get_attribute("role") == "timer"
    assert call.locator("[data-timer]").get_attribute("aria-live") == "off"


def test_c18_wrap_up_is_timed_told_softly_and_stored(page, live_server, agent, topic):
    page.clock.install()
    page.goto(f"{live_server.url}/calls/new/")
    page.clock.run_for(500)
    page.keyboard.press("Alt+KeyL")
    expect(page.locator("[data-call-state]")).to_contain_text("Järeltöö")

    page.clock.fast_forward(settings.WRAP_UP_TARGET_SECONDS * 1000 + 2000)

    expect(page.locator("[data-timer]")).to_have_class("timer num late")
    page.locator(QUESTION).fill("Veel saab kirjutada")
    take_topic_by_clock(page)
    page.keyboard.press("Alt+Digit1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/calls/" not in url)
    inquiry = Inquiry.objects.get()
    assert inquiry.started_at <= inquiry.ended_at <= inquiry.wrapped_up_at


def take_topic_by_clock(page):
    page.locator(TOPIC).fill("veeluba")
    page.clock.run_for(200)
    expect(page.locator("#topic-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")


@pytest.mark.both
def test_c22_what_is_missing_is_said_at_the_finish_only(call, faults):
    faults.expect("422")
    call.locator(QUESTION).fill("Midagi")
    call.keyboard.press("Control+Enter")

    expect(call.locator("#error-summary")).to_be_focused()
    assert call.locator(QUESTION).input_value() == "Midagi"
    call.locator("#error-summary a").first.press("Enter")
    focused = call.evaluate("document.activeElement.name || document.activeElement.id")
    assert focused in {"outcome", "topic-search"}
    assert draft_of(call).typed["question"] == "Midagi"
    assert Inquiry.objects.count() == 0


def test_c24_shortcuts_go_by_the_physical_key_and_the_list_is_what_is_bound(call):
    # The Russian layout gives another letter for the same key.
    call.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
          {code: "KeyT", key: "е", altKey: true, bubbles: true, cancelable: true}))"""
    )
    expect(call.locator(TOPIC)).to_be_focused()

    call.keyboard.press("Control+Slash")

    listed = call.locator("#keys-dialog dt").count()
    bound = call.evaluate("document.querySelectorAll('[data-keys]').length")
    assert listed == bound > 8


def test_c25_page_is_small_and_asks_nobody_else(call):
    sizes = call.evaluate(
        """() => performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".js"))
             .map((entry) => entry.decodedBodySize)"""
    )
    paint = call.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )

    assert sum(sizes) < 200_000  # not compressed; htmx alone is 52 kB of it
    assert paint < 2000
    assert call.evaluate("document.documentElement.scrollWidth <= innerWidth")
