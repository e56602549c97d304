"""A wording is written beside its preview, which follows the typing."""

import pytest
from playwright.sync_api import expect

from documents.models import TemplateVersion
from tests.factories.accounts import UserFactory
from tests.factories.documents import TemplateVersionFactory


@pytest.fixture
def editor(page, live_server, sign_in):
    sign_in(user=UserFactory(role="administrator"))
    TemplateVersionFactory(number=2, body="# Leping\n\n1.1. {{ klient.nimi }} maksab.\n")
    page.goto(f"{live_server.url}/documents/templates/kinds/KASUTUSLEPING/")
    page.wait_for_load_state()
    return page


def test_preview_and_difference_follow_the_typing(editor):
    editor.locator("#id_body").fill("# Leping\n\n1.1. {{ klient.nimi }} ei maksa.\n")

    expect(editor.locator(".sample-paper")).to_contain_text("Näidis OÜ ei maksa.")
    expect(editor.locator(".difference del")).to_have_text("1.1. {{ klient.nimi }} maksab.")
    expect(editor.locator(".difference ins")).to_contain_text("ei maksa.")


def test_error_of_the_language_comes_to_the_field_and_goes_when_mended(editor):
    text = editor.locator("#id_body")
    text.fill("# Leping {{ klient.isikukood }}")

    expect(editor.locator("#body-problem")).to_contain_text("klient.isikukood")
    expect(text).to_have_value("# Leping {{ klient.isikukood }}")
    expect(text).to_be_focused()

    text.fill("# Leping {{ klient.nimi }}")
    expect(editor.locator("#body-problem")).to_be_empty()
    expect(editor.locator(".sample-paper h1")).to_have_text("Leping Näidis OÜ")


def test_wording_is_kept_by_keyboard(editor):
    editor.locator("#id_body").fill("# Leping\n\n1.1. Uus.\n")
    editor.keyboard.press("Control+Enter")

    expect(editor.locator("tbody .pill-warn")).to_have_text("v3")
    assert TemplateVersion.objects.get(number=3).body == "# Leping\n\n1.1. Uus.\n"


def names_of(editor):
    editor.get_by_text("Mida tekst võib nimetada").click()
    return editor.locator("wording-names")


def test_name_is_put_where_the_caret_stands_and_taken_out_by_undo(editor):
    text = editor.locator("#id_body")
    text.fill("Leping: , kehtib.")
    text.evaluate("(field) => field.setSelectionRange(8, 8)")

    names_of(editor).get_by_role("button", name="{{ klient.nimi }}", exact=True).click()

    expect(text).to_have_value("Leping: {{ klient.nimi }}, kehtib.")
    expect(text).to_be_focused()
    expect(editor.locator(".sample-paper")).to_contain_text("Leping: Näidis OÜ, kehtib.")
    editor.keyboard.type("!")
    expect(text).to_have_value("Leping: {{ klient.nimi }}!, kehtib.")
    editor.keyboard.press("Control+z")
    editor.keyboard.press("Control+z")
    expect(text).to_have_value("Leping: , kehtib.")


def test_name_is_put_in_by_keyboard_and_a_condition_around_the_chosen_words(editor):
    text = editor.locator("#id_body")
    text.fill("esindavad ühiselt")
    text.evaluate("(field) => field.setSelectionRange(10, 17)")

    names_of(editor).get_by_role("button", name="{% if uhine_esindus %}…{% endif %}").focus()
    editor.keyboard.press("Enter")

    expect(text).to_have_value("esindavad {% if uhine_esindus %}ühiselt{% endif %}")
    assert (
        text.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")
        == "ühiselt"
    )


def test_name_goes_to_the_end_when_nobody_was_in_the_text_yet(editor):
    names_of(editor).get_by_role("button", name="{{ dok.number }}").click()

    expect(editor.locator("#id_body")).to_have_value(
        "# Leping\n\n1.1. {{ klient.nimi }} maksab.\n{{ dok.number }}"
    )


def test_names_are_a_list_to_read_without_scripts(browser, editor):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(editor.context.cookies())
    page = context.new_page()

    page.goto(editor.url)
    page.get_by_text("Mida tekst võib nimetada").click()

    expect(page.locator("wording-names code").first).to_have_text("{{ dok.number }}")
    expect(page.locator("wording-names button")).to_have_count(0)
    expect(page.locator("[data-how]")).to_be_hidden()
    context.close()
