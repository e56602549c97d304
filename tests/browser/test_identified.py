"""How the caller was identified: by itself where the number tells it, by one key where it is asked."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from inquiries.models import IdentificationRule
from tests.browser.call_page import QUESTION, draft_of, take_topic, wait_for
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import TopicFactory

LEVEL = "#call-identified-how"


@pytest.fixture
def rules(transactional_db):
    """As the migration seeds them; a test that committed for real has emptied the table."""
    least = {
        "contacts": "number",
        "start_case": "number",
        "accesses": "facts",
        "restricted": "facts",
    }
    for spoken_of, level in least.items():
        IdentificationRule.objects.get_or_create(spoken_of=spoken_of, defaults={"least": level})
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call(page, live_server, sign_in, rules):
    sign_in(user=UserFactory(role="specialist"))
    TopicFactory(name_et="Veeluba")
    ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    ClientFactory(first_name="Jaan", last_name="Kask")
    page.goto(f"{live_server.url}/calls/new/")
    page.wait_for_load_state()
    return page


def choose(call, text):
    call.locator("#caller-lookup").fill(text)
    expect(call.locator("#caller-results [role=option]")).to_have_count(1)
    call.locator("#caller-lookup").press("Enter")


def spoken_of(call):
    return call.locator(".spoken-of [data-enough]:visible")


def test_known_number_sets_the_level_by_itself_and_costs_no_key(call):
    choose(call, "5300 1234")

    expect(call.locator(LEVEL)).to_have_value("number")
    expect(spoken_of(call)).to_have_count(2)
    take_topic(call)
    expect(call.locator(QUESTION)).to_be_focused()
    wait_for(lambda: draft_of(call).typed.get("identified_how") == "number")


def test_two_facts_are_chosen_by_keyboard_and_let_more_be_spoken_of(call):
    choose(call, "Jaan Kask")
    expect(call.locator(LEVEL)).to_have_value("not")
    expect(spoken_of(call)).to_have_count(0)
    expect(call.locator("#call-first-fact")).to_be_hidden()

    call.keyboard.press("Alt+KeyI")
    expect(call.locator(LEVEL)).to_be_focused()
    call.keyboard.press("End")
    expect(call.locator(LEVEL)).to_have_value("facts")
    expect(spoken_of(call)).to_have_count(4)
    call.keyboard.press("Tab")
    call.keyboard.press("ArrowDown")
    call.keyboard.press("Tab")
    call.keyboard.press("End")

    wait_for(lambda: draft_of(call).typed.get("second_fact") == "earlier")
    kept = draft_of(call).typed
    assert (kept["identified_how"], kept["first_fact"]) == ("facts", "birth_date")


def test_another_client_begins_anew(call):
    choose(call, "5300 1234")
    expect(call.locator(LEVEL)).to_have_value("number")

    choose(call, "Jaan Kask")

    expect(call.locator("#caller")).to_contain_text("Jaan Kask")
    expect(call.locator(LEVEL)).to_have_value("not")
