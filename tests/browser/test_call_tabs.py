"""Several contacts at once: C19 of the design paper, and what it means for C5 and C21."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.actions import publish_event
from inquiries import actions
from inquiries.models import Inquiry, InquiryDraft
from tests.browser.call_page import QUESTION, draft_of, saved_text, wait_for
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import InquiryDraftFactory

TABS = ".call-tabs a[data-key]"
SWITCHED_WITHIN_MS = 200


def draft(agent, question, **more):
    return InquiryDraftFactory(
        owner=agent,
        started_at=timezone.now(),
        updated_at=timezone.now(),
        typed={"channel": "phone", "language": "et", "question": question},
        **more,
    )


@pytest.fixture
def two(page, live_server, agent):
    """The page with two open drafts, the first in front and the second fetched."""
    first, second = draft(agent, "esimene kõne"), draft(agent, "teine kõne")
    with page.expect_response(f"**/calls/{second.key}/"):
        page.goto(f"{live_server.url}/calls/{first.key}/")
    page.wait_for_timeout(200)
    page.first, page.second = first, second
    return page


def shown(page, text):
    expect(page.locator(QUESTION)).to_have_value(text)


def caret(page):
    return page.evaluate(
        """() => [document.activeElement.id, document.activeElement.selectionStart,
                  document.activeElement.selectionEnd]"""
    )


def test_c19_tab_says_who_in_which_state_and_how_old(page, live_server, agent):
    tamm = ClientFactory(first_name="Mari", last_name="Tamm")
    key = draft(agent, "a").key
    InquiryDraft.objects.filter(key=key).update(
        typed={"channel": "phone", "language": "et", "client": str(tamm.pk)},
        started_at=timezone.now() - timezone.timedelta(minutes=3, seconds=5),
    )
    number = draft(agent, "b", ended_at=timezone.now())
    number.typed["caller_lookup"] = "5301 2277"
    number.save()

    page.goto(f"{live_server.url}/calls/{key}/")

    first, second = page.locator(TABS).nth(0), page.locator(TABS).nth(1)
    expect(first).to_contain_text("Mari Tamm")
    expect(first.locator("[data-age]")).to_contain_text("03:")
    expect(first.locator("[data-state]")).to_have_text("Kõne käib")
    expect(second).to_contain_text("5301 2277")
    expect(second.locator("[data-state]")).to_have_text("Järeltöö")
    page.locator("#caller-lookup").fill("Kask")
    page.keyboard.press("Alt+KeyL")
    expect(first.locator("[data-state]")).to_have_text("Järeltöö")


@pytest.mark.both
def test_c19_switching_keeps_caret_selection_scroll_and_text_and_takes_under_200_ms(two):
    long_text = "\n".join(f"rida {number}" for number in range(80))
    two.locator(QUESTION).fill(long_text)
    two.locator(QUESTION).evaluate(
        "field => { field.setSelectionRange(120, 125); field.scrollTop = 300; }"
    )
    before = caret(two)
    took = []

    for _turn in range(3):
        for digit, text in ((2, "teine kõne"), (1, long_text)):
            took.append(timed_switch(two, digit))
            shown(two, text)

    assert caret(two) == before == ["call-question", 120, 125]
    assert two.locator(QUESTION).evaluate("field => field.scrollTop") == 300
    assert max(took) < SWITCHED_WITHIN_MS, took
    two.keyboard.insert_text("asemel")
    two.keyboard.press("Control+KeyZ")
    shown(two, long_text)
    saved_text(two, long_text)


def timed_switch(page, digit):
    """Milliseconds from the key until the other draft has been painted."""
    page.evaluate(
        """() => addEventListener("keydown", ({ timeStamp }) => {
             window.switched = new Promise((done) => requestAnimationFrame(() =>
               requestAnimationFrame((painted) => done(painted - timeStamp))));
           }, { once: true, capture: true })"""
    )
    page.keyboard.press(f"Alt+Shift+Digit{digit}")
    return page.evaluate("window.switched")


def test_c19_switched_page_reloads_where_it_was(two):
    two.keyboard.press("Alt+Shift+Digit2")
    shown(two, "teine kõne")
    two.locator(QUESTION).fill("teine kõne läheb edasi")

    two.reload()

    shown(two, "teine kõne läheb edasi")
    expect(two.locator(TABS)).to_have_count(2)
    expect(two.locator(f"{TABS}[aria-current]")).to_have_attribute("data-key", str(two.second.key))


@pytest.mark.both
def test_c19_tab_that_is_not_in_front_goes_on_saving(two):
    two.locator(QUESTION).fill("viimased sõnad enne vahetust")
    two.locator("#caller-lookup").fill("Lembit")
    two.keyboard.press("Alt+Shift+Digit2")
    shown(two, "teine kõne")

    wait_for(
        lambda: (
            InquiryDraft.objects.get(pk=two.first.pk).typed.get("question")
            == "viimased sõnad enne vahetust"
        )
    )
    typed = InquiryDraft.objects.get(pk=two.first.pk).typed
    assert (typed["caller_lookup"], typed["language"]) == ("Lembit", "et")


def test_c19_new_call_opens_beside_the_others_at_once(two):
    two.locator(QUESTION).fill("pooleli")
    two.wait_for_timeout(300)

    two.keyboard.press("Alt+KeyN")

    expect(two.locator("#caller-lookup")).to_be_focused()
    shown(two, "")
    expect(two.locator(TABS)).to_have_count(3)
    two.keyboard.press("Alt+Shift+Digit1")
    shown(two, "pooleli")


@pytest.mark.parametrize(("language", "width"), [("ru", 1440), ("et", 1440), ("et", 1280)])
def test_c19_five_stand_side_by_side_each_with_its_name_and_age(
    page, live_server, sign_in, language, width
):
    agent = sign_in("specialist", language=language)
    names = ["Aino Tamm", "5301 2277", "Keskkonnaühendus Loodus", "Кузнецова Ольга", "Viies"]
    for name in names:
        made = draft(agent, name)
        made.typed["caller_lookup"] = name
        made.save()
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{live_server.url}/calls/")

    tabs = page.locator(TABS)
    expect(tabs).to_have_count(5)
    strip = page.locator(".call-tabs").bounding_box()
    for place in range(5):
        box = tabs.nth(place).bounding_box()
        assert box["x"] >= strip["x"]
        assert box["x"] + box["width"] <= strip["x"] + strip["width"] + 1
        assert tabs.nth(place).locator("[data-name]").bounding_box()["width"] >= 24
        expect(tabs.nth(place).locator("[data-age]")).to_contain_text(":")
    assert page.locator(".find").evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize(
    ("language", "width"), [("ru", 762), ("et", 900), ("en", 1024), ("et", 1100)]
)
def test_five_shrink_on_a_narrow_desk_instead_of_scrolling_sideways(
    page, live_server, sign_in, language, width
):
    agent = sign_in("specialist", language=language)
    for number in range(5):
        made = draft(agent, f"kõne {number}")
        made.typed["caller_lookup"] = f"Keskkonnaühendus Loodus {number}"
        made.save()
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(f"{live_server.url}/calls/")

    expect(page.locator(TABS)).to_have_count(5)
    strip = page.locator(".call-tabs")
    assert strip.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for place in range(5):
        name = page.locator(TABS).nth(place).locator("[data-name]")
        assert name.bounding_box()["width"] >= 12
        assert name.evaluate("box => getComputedStyle(box).textOverflow") == "ellipsis"


def test_c19_tab_in_front_is_in_sight_though_the_strip_is_longer_than_its_place(
    page, live_server, agent
):
    for number in range(5):
        draft(agent, f"kõne {number}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/calls/")
    expect(page.locator(TABS)).to_have_count(5)

    for digit in (5, 1, 4):
        page.keyboard.press(f"Alt+Shift+Digit{digit}")
        front = page.locator(TABS).nth(digit - 1)
        expect(front).to_have_attribute("aria-current", "page")
        expect(front).to_be_in_viewport(ratio=0.9)


def test_c19_sixth_says_clearly_what_to_do(page, live_server, agent):
    for number in range(5):
        draft(agent, f"kõne {number}")
    page.goto(f"{live_server.url}/calls/")

    page.keyboard.press("Alt+KeyN")

    expect(page.locator("#messages")).to_contain_text("Avatud on 5 kontakti")
    expect(page.locator(TABS)).to_have_count(5)
    page.goto(f"{live_server.url}/calls/new/")
    expect(page.locator("#messages")).to_contain_text("Avatud on 5 kontakti")
    assert InquiryDraft.objects.count() == 5


def test_c19_finished_tab_goes_and_its_neighbour_comes(two):
    two.keyboard.press("Alt+Digit8")

    shown(two, "teine kõne")
    expect(two.locator(TABS)).to_have_count(1)
    expect(two.locator("#messages")).to_contain_text("salvestatud")
    assert Inquiry.objects.get().question == "esimene kõne"


@pytest.mark.both
def test_c19_two_windows_show_the_same_tabs(two, context, live_server):
    other = context.new_page()
    other.goto(f"{live_server.url}/calls/{two.second.key}/")
    two.locator(QUESTION).fill("muudetud esimeses aknas")
    saved_text(two, "muudetud esimeses aknas")

    two.keyboard.press("Alt+Digit8")
    shown(two, "teine kõne")

    expect(other.locator(TABS)).to_have_count(1)
    expect(other.locator("[data-elsewhere]")).to_be_visible()
    other.close()
    expect(two.locator("[data-elsewhere]")).to_be_hidden()


def test_c13_words_that_only_this_browser_has_get_their_tab_back(page, live_server, agent, faults):
    """The computer went down while the server was away, before the draft had a row."""
    faults.expect("ERR_FAILED")
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_url("**/calls/*-*/")
    page.route("**/save/", lambda route: route.abort())
    page.keyboard.press("Alt+KeyN")
    expect(page.locator(QUESTION)).to_have_value("")
    page.locator(QUESTION).fill("ainult siin")
    key = page.locator("#call-form").get_attribute("data-key")
    page.wait_for_timeout(100)
    a_minute_later = """name => {
      const kept = JSON.parse(localStorage.getItem(name));
      localStorage.setItem(name, JSON.stringify({ ...kept, at: kept.at - 60000 }));
    }"""
    name = f"draft:{agent.pk}:{key}"
    page.goto(f"{live_server.url}/robots.txt")
    page.unroute("**/save/")
    page.evaluate(a_minute_later, name)
    # The farewell of a page passes by what is aborted.
    InquiryDraft.objects.filter(pk=key).delete()

    page.goto(f"{live_server.url}/calls/new/")
    page.locator(f"{TABS}[data-key='{key}']").click()

    shown(page, "ainult siin")
    wait_for(lambda: InquiryDraft.objects.get(pk=key).typed.get("question") == "ainult siin")


def test_c5_draft_that_arrives_gets_a_tab_and_takes_nothing(two, agent, stream_of_none):
    two.locator(QUESTION).fill("")
    two.locator(QUESTION).press_sequentially("kirjutan parajasti")
    before = caret(two)
    passed_on = draft(agent, "kolleegilt")

    stream_of_none(two, "draft-arrived", passed_on)

    expect(two.locator(TABS)).to_have_count(3)
    assert caret(two) == before
    shown(two, "kirjutan parajasti")
    expect(two.locator(".call-tabs [role=status]")).to_contain_text("Saabus kontakt")
    two.keyboard.press("Alt+Shift+Digit3")
    shown(two, "kolleegilt")


@pytest.fixture
def stream_of_none():
    """A live event as `static/js/live.js` gives it on, without the process that carries it."""

    def give(page, kind, about):
        page.evaluate(
            """([kind, id]) => document.dispatchEvent(new CustomEvent(`live:${kind}`,
                 { detail: { type: "inquiries.inquirydraft", id } }))""",
            [kind, str(about.pk)],
        )

    return give


@pytest.mark.both
def test_c19_ten_pages_hear_within_a_second_and_an_eleventh_loads(
    context, live_server, agent, stream
):
    for number in range(2):
        draft(agent, f"kõne {number}")
    pages = [context.new_page() for _page in range(10)]
    for page in pages:
        page.goto(f"{live_server.url}/calls/")
        expect(page.locator(TABS)).to_have_count(2)
        page.evaluate(
            """() => document.addEventListener("live:draft-arrived",
                 () => { window.heardAt = Date.now(); }, { once: true })"""
        )
    pages[0].wait_for_timeout(1500)  # the stream is joined

    passed_on = draft(agent, "kolleegilt")
    sent_at = time.time() * 1000
    publish_event(kind="draft-arrived", about=passed_on, at=timezone.now(), to_user=agent)
    for page in pages:
        page.wait_for_function("() => window.heardAt", timeout=5000)
        assert page.evaluate("window.heardAt") - sent_at < 1000
        expect(page.locator(TABS)).to_have_count(3)

    eleventh = context.new_page()
    began = time.monotonic()
    eleventh.goto(f"{live_server.url}/calls/{passed_on.key}/")
    shown(eleventh, "kolleegilt")
    assert time.monotonic() - began < 15  # with the connections used up it would never load


@pytest.mark.both
def test_c21_draft_saved_in_another_window_shows_both_texts(two, context, live_server, faults):
    faults.expect("409")
    other = context.new_page()
    other.goto(f"{live_server.url}/calls/{two.first.key}/")
    expect(two.locator("[data-elsewhere]")).to_be_visible()
    other.locator(QUESTION).fill("teise akna tekst")
    saved_text(other, "teise akna tekst")

    two.locator(QUESTION).fill("selle akna tekst")

    dialog = two.locator("#conflict-dialog")
    expect(dialog).to_contain_text("teise akna tekst", timeout=8000)
    expect(dialog).to_contain_text("selle akna tekst")
    assert draft_of(two).typed["question"] == "teise akna tekst"
    dialog.locator("[data-keep-mine]").press("Enter")
    saved_text(two, "selle akna tekst")


def test_c21_words_kept_in_this_browser_do_not_overwrite_newer_ones(two, faults, context):
    faults.expect("409")
    faults.expect("ERR_FAILED")
    two.route("**/save/", lambda route: route.abort())
    two.locator(QUESTION).fill("kohalik tekst")
    expect(two.locator("#outage")).to_be_visible(timeout=8000)
    actions.save_draft(
        key=two.first.key,
        version=two.first.version,
        typed={"channel": "phone", "language": "et", "question": "mujal salvestatud"},
        by=two.first.owner,
        at=timezone.now(),
    )
    two.unroute("**/save/")

    two.reload()

    expect(two.locator("#conflict-dialog")).to_contain_text("mujal salvestatud", timeout=8000)
    expect(two.locator("#conflict-dialog")).to_contain_text("kohalik tekst")
    assert draft_of(two).typed["question"] == "mujal salvestatud"


HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_page_that_nobody_looks_at_asks_for_the_strip_once_when_it_is_looked_at(
    two, stream_of_none
):
    two.wait_for_timeout(800)  # what is fetched beforehand is here
    asked = []
    two.on("request", lambda made: asked.append(made.url) if "/calls/tabs/" in made.url else None)

    stream_of_none(two, "phone-call", two.first)
    two.wait_for_timeout(400)
    two.evaluate(HIDE, True)
    for _event in range(3):
        stream_of_none(two, "phone-call", two.first)
        two.wait_for_timeout(200)
    while_hidden = len(asked)
    InquiryDraft.objects.filter(pk=two.first.pk).update(
        ended_at=timezone.now() - timezone.timedelta(minutes=2)
    )
    two.evaluate(HIDE, False)

    expect(two.locator("call-draft [data-timer]")).to_have_text(re.compile("^02:0"))
    two.wait_for_timeout(400)
    assert (while_hidden, len(asked)) == (1, 2)
