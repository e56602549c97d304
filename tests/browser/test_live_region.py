"""A part of the page that is drawn anew while somebody works in it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import EnvelopeSigner
from tests.browser.keyboard import Keyboard
from tests.documents.situations import World

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = """pk => document.dispatchEvent(new CustomEvent("live:case-changed", {
  detail: { type: "documents.accesscase", id: pk } }))"""


@pytest.fixture
def case(page, live_server, sign_in, settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT = tmp_path
    world = World().draft().seal()
    sign_in(user=world.by)
    page.goto(live_server.url + reverse("documents:case", args=[world.case.pk]))
    return world.case


def drawn_anew(page, case):
    """Somebody signed meanwhile, and the page hears of it."""
    EnvelopeSigner.objects.filter(role="representative").update(name="Mari Uusnimi")
    page.evaluate(CHANGED, case.pk)
    expect(page.locator("#work")).to_contain_text("Mari Uusnimi")


def test_what_is_typed_chosen_and_opened_stays_and_so_does_the_focus(page, case, tmp_path):
    keys = Keyboard(page)
    path = tmp_path / "leping.asice"
    path.write_bytes(b"PK")
    keys.tab_to("details:has(form[action$='/bring/']) > summary", 80)
    keys.press("Enter")
    page.locator("form[action$='/bring/'] input[type=file]").set_input_files(path)
    email = "form[action$='/send/'] input[type=email]"
    page.locator(email).focus()
    page.locator(email).fill("mari@naidis.ee")
    keys.press("Home")

    drawn_anew(page, case)

    expect(page.locator(email)).to_be_focused()
    keys.type("uus")
    assert "mari@naidis.ee" in page.locator(email).input_value()
    file = page.locator("form[action$='/bring/'] input[type=file]")
    expect(file).to_be_visible()
    assert file.evaluate("field => field.files[0].name") == "leping.asice"


@pytest.mark.parametrize("stop", ["a[href$='/container/']", "details > summary"])
def test_button_link_and_fold_keep_the_focus(page, case, stop):
    Keyboard(page).tab_to(f"#work {stop}", 80)

    drawn_anew(page, case)

    assert page.evaluate("what => document.activeElement.matches(what)", f"#work {stop}")
