"""The shell by hand: search, shortcuts, theme, outage, the end of a session, the phone."""

import pytest
from playwright.sync_api import expect

from accounts.roles import ROLES
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(context, live_server, sign_in):
    sign_in("specialist", language="en")
    page = context.new_page()
    page.goto(live_server.url)
    return page


def test_client_is_found_and_opened_by_keyboard_alone(page):
    client = ClientFactory(first_name="Peeter", last_name="Paan")

    page.keyboard.press("Control+KeyK")
    expect(page.locator("#search-dialog input[type=search]")).to_be_focused()
    page.keyboard.type("paan pee")
    expect(page.locator("#search-results a").first).to_contain_text("Peeter Paan")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-results a").first).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/clients/{client.pk}/")


def test_search_opens_under_a_russian_layout_too(page):
    page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown",
             {code: "KeyK", key: "л", ctrlKey: true, bubbles: true, cancelable: true}))"""
    )

    expect(page.locator("#search-dialog")).to_be_visible()


def test_list_of_shortcuts_names_every_shortcut_that_is_bound(page):
    bound = page.locator("[data-keys]").evaluate_all(
        "elements => elements.map((element) => element.dataset.keysLabel)"
    )

    page.keyboard.press("Control+Slash")

    assert page.locator("#keys-dialog dt").all_text_contents() == bound
    page.keyboard.press("Escape")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_question_mark_in_a_field_is_typed_and_opens_nothing(page):
    page.keyboard.press("Control+KeyK")

    page.keyboard.type("kes?")

    expect(page.locator("#search-dialog input[type=search]")).to_have_value("kes?")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_theme_changes_at_once_and_stays(page):
    page.evaluate("window.sameDocument = true")

    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Dark theme").click()

    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.evaluate("window.sameDocument")
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_skip_link_is_first_and_leads_into_the_content(page):
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_bar_says_that_the_server_is_away_and_goes_when_it_is_back(page, context, faults):
    faults.expect("Failed to load resource")
    faults.expect("ERR_INTERNET_DISCONNECTED")
    faults.expect("htmx:")  # what a page asks for by itself meanwhile
    page.keyboard.press("Control+KeyK")
    context.set_offline(True)

    page.keyboard.type("paan")
    expect(page.locator("#outage")).to_be_visible()
    context.set_offline(False)

    expect(page.locator("#outage")).to_be_hidden()


def test_ended_session_is_said_and_no_sign_in_page_lands_in_the_results(page, context, faults):
    faults.expect("401")
    page.keyboard.press("Control+KeyK")
    context.clear_cookies(name="sessionid")

    page.keyboard.type("paan")

    expect(page.locator("#signed-out:not([hidden])")).to_be_attached()
    assert page.locator("#search-results input").count() == 0


def test_one_press_signs_out(page):
    page.get_by_role("button", name="Sign out").click()

    page.wait_for_url("**/accounts/login/**")


def test_phone_reaches_every_page_of_the_rail(page):
    links = page.locator(".rail a.rail-link").evaluate_all("links => links.map((one) => one.href)")
    page.set_viewport_size({"width": 390, "height": 844})

    page.get_by_role("button", name="More").click()

    shown = page.locator(".rail a.rail-link:visible, #more-menu a.item").evaluate_all(
        "links => links.map((one) => one.href)"
    )
    assert sorted(shown) == sorted(links)


def test_search_works_without_scripts(new_context, live_server, sign_in, context):
    ClientFactory(first_name="Peeter", last_name="Paan")
    sign_in("specialist")
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(live_server.url)

    page.locator("a.find").click()
    page.locator("main input[type=search]").fill("paan")
    page.locator("main button[type=submit]").click()

    expect(page.locator("main .search-results")).to_contain_text("Peeter Paan")


@pytest.mark.parametrize("language", ["et", "en", "ru"])
def test_each_label_of_the_rail_stays_within_it(page, live_server, sign_in, language):
    sign_in(user=UserFactory(roles=list(ROLES)), language=language)
    page.goto(live_server.url)

    too_wide = page.locator(".rail-link:visible").evaluate_all("""links => links.filter((link) => {
      const words = document.createRange();
      words.selectNodeContents(link);
      return words.getBoundingClientRect().width > link.clientWidth;
    }).map((link) => link.textContent.trim())""")

    assert page.locator(".rail-link:visible").count() > 15
    assert too_wide == []
