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
