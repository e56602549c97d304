"""What people lose in other helpdesks is kept here: one scenario a cause, see docs/typed-text.md.

Each is played twice: on a naive form, which must lose the text, and on the call screen, which must
keep it. A scenario that the naive form survived would prove nothing.
"""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from clients.actions import merge_clients
from tests.browser.call_page import QUESTION, draft_of, saved_text
from tests.browser.naive_form import NaiveForm
from tests.factories.clients import ClientFactory

TEXT = "Helistaja küsib, kas tiigi puhastamiseks on vaja veeluba"


class OnNaive:
    """The form as it is often written."""

    keeps = False
    field = "textarea"

    def __init__(self, page, base, agent):
        self.server = NaiveForm(page.context, base, settings.SESSION_COOKIE_NAME)
        self.page, self.address = page, f"{self.server.address}1/"

    def open(self):
        self.page.goto(self.address)

    def post(self):
        self.page.get_by_role("button", name="Salvesta").click()

    def choose_topic(self):
        self.page.locator("select").select_option("1")
        self.page.wait_for_url("**topic=1")

    def add_person(self):
        self.page.get_by_role("button", name="Lisa inimene").click()
        self.page.wait_for_url("**do=add")

    def spoil_token(self):
        self.server.token = "2"

    def open_second(self):
        self.page.goto(f"{self.server.address}2/")

    def back_to_first(self):
        self.page.goto(self.address)

    def saved_elsewhere(self, text):
        self.server.saved["/naive/1/"] = text

    def save_over(self):
        """A record with all it needs, saved by the button."""
        self.page.evaluate("document.querySelector('select').value = '1'")
        self.post()
        expect(self.page.locator("body")).to_contain_text("Salvestatud")

    def merged(self):
        self.page.goto(f"{self.server.address}2/")  # where the other record lives on

    def shown(self):
        return self.page.locator("body").inner_text() + self.page.locator(self.field).input_value()


class OnCallScreen:
    keeps = True
    field = QUESTION

    def __init__(self, page, base, agent):
        self.page, self.base, self.agent = page, base, agent
        self.address = ""

    def open(self):
        if not self.address:
            self.page.goto(f"{self.base}/calls/new/")
            self.page.wait_for_url("**/calls/*-*/")
            self.address = self.page.url
        else:
            self.page.goto(self.address)

    def post(self):
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(600)

    def choose_topic(self):
        self.page.locator("#topic-search").fill("veeluba")
        expect(self.page.locator("#topic-list [role=option]").first).to_be_visible()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#topic-help")).to_contain_text("Veeluba ja registreering")

    def add_person(self):
        self.client = ClientFactory(first_name="Mari", last_name="Tamm")
        self.page.locator("#caller-lookup").fill("Tamm")
        expect(self.page.locator("#caller-results [role=option]")).to_have_count(1)
        self.page.locator("#caller-lookup").press("Enter")
        expect(self.page.locator("[data-client-name]")).to_contain_text("Mari Tamm")

    def spoil_token(self):
        self.page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)

    def open_second(self):
        self.page.keyboard.press("Alt+KeyN")
        expect(self.page.locator(QUESTION)).to_have_value("")

    def back_to_first(self):
        expect(self.page.locator(".call-tabs a[data-key]")).to_have_count(2)
        self.page.keyboard.press("Alt+Shift+Digit1")

    def saved_elsewhere(self, text):
        other = self.page.context.new_page()
        other.goto(self.address)
        other.locator(QUESTION).fill(text)
        saved_text(other, text)
        other.close()

    def save_over(self):
        self.page.locator(QUESTION).press("End")
        self.page.keyboard.type(".")
        expect(self.page.locator("#conflict-dialog")).to_be_visible(timeout=8000)

    def merged(self):
        self.add_person()
        saved_text(self.page, TEXT)
        merge_clients(
            kept=ClientFactory(first_name="Mari", last_name="Tamm"),
            merged=self.client,
            by=self.agent,
            at=timezone.now(),
        )
        self.page.reload()

    def shown(self):
        dialog = self.page.locator("#conflict-dialog")
        both = dialog.inner_text() if dialog.is_visible() else ""
        return self.page.locator(self.field).input_value() + both


@pytest.fixture(params=[OnNaive, OnCallScreen], ids=["naive", "ours"])
def form(request, page, live_server, agent, topic, faults):
    for said in ("401", "403", "409", "422", "ERR_FAILED"):
        faults.expect(said)
    form = request.param(page, live_server.url, agent)
    form.open()
    return form


@pytest.fixture
def session(context):
    """Ends the session, and begins it again as the person signs in anew in another tab."""
    name = settings.SESSION_COOKIE_NAME

    class Session:
        def end(self):
            [self.cookie] = [cookie for cookie in context.cookies() if cookie["name"] == name]
            context.clear_cookies(name=name)

        def begin(self):
            context.add_cookies([self.cookie])

    return Session()


def write(form, text=TEXT):
    form.page.locator(form.field).fill(text)


def assert_kept_only_by_ours(form, *texts):
    if form.keeps:
        form.page.wait_for_function(
            "([field, text]) => document.querySelector(field).value.includes(text)",
            arg=[form.field, texts[0]],
        )
    kept = all(text in form.shown() for text in texts)
    assert kept == form.keeps


@pytest.mark.both
def test_text_survives_a_session_that_ended_while_it_was_written(form, session):
    write(form)
    session.end()
    form.post()
    session.begin()

    form.open()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_a_refused_csrf_token(form):
    form.spoil_token()
    write(form)
    form.post()

    form.open()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_a_refusal_of_what_is_missing(form):
    write(form)

    form.post()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_another_topic(form):
    write(form)

    form.choose_topic()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_adding_a_person_to_the_record(form):
    write(form)

    form.add_person()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_a_reload_right_after_the_last_key(form):
    write(form)

    form.page.reload()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_saves_that_fail_and_a_reload(form):
    form.page.route("**/save/", lambda route: route.abort())
    write(form)
    form.page.wait_for_timeout(2500)

    form.page.reload()

    assert_kept_only_by_ours(form, TEXT)


@pytest.mark.both
def test_text_survives_a_second_draft_and_a_reload(form):
    write(form)
    form.open_second()
    write(form, "teise helistaja jutt")
    form.page.wait_for_timeout(700)
    form.page.reload()

    form.back_to_first()

    assert_kept_only_by_ours(form, TEXT)


def test_both_texts_survive_a_save_of_the_same_record_elsewhere(form):
    form.saved_elsewhere("teises aknas kirjutatud")
    write(form)

    form.save_over()

    assert_kept_only_by_ours(form, TEXT, "teises aknas kirjutatud")


def test_text_survives_a_merge(form):
    write(form)

    form.merged()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_a_change_of_the_own_settings(form, live_server):
    write(form)
    form.page.goto(f"{live_server.url}/settings/")
    form.page.locator("[name=language][value=en]").last.click()
    expect(form.page.locator("html")).to_have_attribute("lang", "en")

    form.open()

    assert_kept_only_by_ours(form, TEXT)


def test_text_survives_going_away_and_coming_back(form, live_server):
    write(form)
    form.page.goto(f"{live_server.url}/")

    form.open()

    assert_kept_only_by_ours(form, TEXT)


@pytest.mark.both
def test_text_survives_a_browser_that_died(form, context):
    write(form)
    form.page.close(run_before_unload=False)
    form.page = context.new_page()

    form.open()

    assert_kept_only_by_ours(form, TEXT)


def test_finished_elsewhere_the_words_written_here_can_still_be_taken(
    page, live_server, agent, faults
):
    """Not from a thread: found by reading our own code."""
    faults.expect("410")
    form = OnCallScreen(page, live_server.url, agent)
    form.open()
    other = page.context.new_page()
    other.goto(form.address)
    key = draft_of(page).key
    other.keyboard.press("Alt+Digit8")
    other.wait_for_url(lambda url: str(key) not in url)

    write(form)

    expect(page.locator("#gone-dialog")).to_be_visible(timeout=8000)
    expect(page.locator("#gone-dialog textarea")).to_have_value(TEXT)
