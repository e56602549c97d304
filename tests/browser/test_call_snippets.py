"""Phrases and sentences of articles put into the notes and the answer (C23)."""

import pytest
from playwright.sync_api import expect

from tests.browser.call_page import QUESTION, saved_text, take_topic
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import PhraseFactory, TopicFactory

LIST = "#snippets"
OPTION = f"{LIST} [role=option]"
ANSWER = "#call-answer"


@pytest.fixture
def phrases(topic):
    PhraseFactory(
        shortcut="veeluba", topic=topic, text_et="Veeluba taotlege KOTKASes.", text_ru="Разрешение"
    )
    PhraseFactory(shortcut="aitah", topic=None, text_et="Aitäh, {caller}, et helistasite {day}!")
    PhraseFactory(shortcut="jaht", topic=TopicFactory(name_et="Jaht"), text_et="Jahiluba")


def names(page):
    return page.locator(f"{OPTION} b").all_inner_texts()


@pytest.mark.both
def test_c23_phrase_is_put_in_by_keys_and_control_z_takes_just_it_out(call, phrases):
    take_topic(call)
    call.locator(QUESTION).press_sequentially("Enne /")
    expect(call.locator(OPTION).first).to_contain_text("veeluba")
    assert names(call)[:2] == ["veeluba", "aitah"]  # the topic's own first

    call.keyboard.press("Enter")

    expect(call.locator(QUESTION)).to_have_value("Enne Veeluba taotlege KOTKASes.")
    expect(call.locator(LIST)).to_be_hidden()
    call.keyboard.press("Control+KeyZ")
    expect(call.locator(QUESTION)).to_have_value("Enne /")
    call.keyboard.press("Control+Shift+KeyZ")
    expect(call.locator(QUESTION)).to_have_value("Enne Veeluba taotlege KOTKASes.")


def test_c23_list_narrows_and_arrows_move_and_escape_leaves_the_text(call, phrases):
    call.locator(ANSWER).press_sequentially("/j")
    expect(call.locator(OPTION)).to_have_count(1)
    assert names(call) == ["jaht"]
    call.keyboard.press("Backspace")
    expect(call.locator(OPTION)).to_have_count(3)
    call.keyboard.press("ArrowDown")
    expect(call.locator(OPTION).nth(1)).to_have_attribute("aria-selected", "true")
    assert call.locator(ANSWER).get_attribute("aria-activedescendant") == "snippet-1"

    call.keyboard.press("Escape")

    expect(call.locator(LIST)).to_be_hidden()
    expect(call.locator(ANSWER)).to_have_value("/")


def test_c23_slash_within_a_word_or_number_is_a_slash(call, phrases):
    call.locator(ANSWER).press_sequentially("luba 12/2026")

    call.wait_for_timeout(400)
    expect(call.locator(LIST)).to_be_hidden()
    expect(call.locator(ANSWER)).to_have_value("luba 12/2026")


def test_c23_language_is_that_of_the_inquiry(call, phrases):
    take_topic(call)
    call.locator("#call-language [value=ru]").check(force=True)
    call.locator(ANSWER).press_sequentially("/veel")
    expect(call.locator(OPTION).first).to_contain_text("Разрешение")
    call.keyboard.press("Enter")

    expect(call.locator(ANSWER)).to_have_value("Разрешение")


def test_c23_name_of_the_caller_is_filled_in_and_what_is_not_known_is_marked(call, phrases):
    ClientFactory(first_name="Mari", last_name="Tamm")
    call.locator("#caller-lookup").fill("Tamm")
    expect(call.locator("#caller-results [role=option]")).to_have_count(1)
    call.locator("#caller-lookup").press("Enter")
    expect(call.locator("[data-client-name]")).to_contain_text("Mari Tamm")

    call.locator(ANSWER).press_sequentially("/aitah")
    expect(call.locator(OPTION)).to_have_count(1)
    call.keyboard.press("Enter")
    call.keyboard.type("täna")

    expect(call.locator(ANSWER)).to_have_value("Aitäh, Mari Tamm, et helistasite täna!")


def test_c23_sentences_of_the_topics_articles_are_offered_and_kept(call, topic, phrases):
    take_topic(call)
    call.locator(ANSWER).press_sequentially("/registreering")
    expect(call.locator(OPTION).first).to_contain_text("Veeluba ja registreering")
    text = call.locator(f"{OPTION} span").first.inner_text()
    call.keyboard.press("Enter")

    expect(call.locator(ANSWER)).to_have_value(text)
    call.locator(QUESTION).fill("a")
    saved_text(call, "a")


def test_c23_phrase_beside_the_form_is_put_where_the_caret_was(call, phrases):
    take_topic(call)
    call.locator(ANSWER).fill("Tere!")
    call.locator("[data-put-in]").first.press("Enter")

    expect(call.locator(ANSWER)).to_have_value("Tere! Veeluba taotlege KOTKASes.")
    expect(call.locator(ANSWER)).to_be_focused()
