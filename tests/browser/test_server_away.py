"""What is typed into a form stays while the server is away, and is sent once when it is back."""

import datetime as dt
import time

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import Client
from common.actions import issue_external_link
from documents.actions.send_envelope import PURPOSE as CLIENT_PAGE
from documents.models import Access, PaperContent, ReturnedFile, TemplateVersion
from tests.browser.cable import Cable
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import MARI, TIINA
from tests.factories.tickets import TicketFactory
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
AWAY, UNSENT, SIGNED_OUT = "#outage", "#unsent", "#signed-out"


@pytest.fixture(autouse=True)
def house(settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT = tmp_path
    signing.keep_trusted_list()


@pytest.fixture
def cable(live_server, faults):
    cable = Cable(live_server.url)
    faults.own_host = cable.host
    for said in (
        "ERR_CONNECTION_REFUSED",
        "ERR_EMPTY_RESPONSE",
        "ERR_CONNECTION_RESET",
        "htmx",
        "401",
    ):
        faults.expect(said)
    yield cable
    cable.cut()


@pytest.fixture
def enter(sign_in, cable, live_server):
    """Let somebody in; their browser goes by the cable."""

    def entered(user):
        sign_in(user=user)
        return user

    return entered


def press_while_away(page, cable, button):
    """Press in vain; gives nothing, but the page still stands."""
    where = page.url
    cable.cut()
    button.click()
    expect(page.locator(AWAY)).to_be_visible()
    assert page.url == where
    cable.mend()


class Terms:
    field, text = "#id_person_name", "Kati Käär"

    def __init__(self, page, cable, enter, tmp_path):
        self.world = World()
        enter(self.world.by)
        page.goto(f"{cable.url}/documents/{self.world.case.pk}/papers/add/?kind=VOLIKIRI_PEA")
        for name, value in {
            "person_name": self.text,
            "personal_code": "47001011027",
            "email": "kati@naidis.example.ee",
            "phone": "53001235",
        }.items():
            page.locator(f"#id_{name}").fill(value)
        page.locator("main input[type=checkbox]").first.check()
        self.button = page.locator("main form button[type=submit]")

    def done(self):
        return PaperContent.objects.filter(person_name=self.text).count()


class Wording:
    field, text = "#id_body", "Uus sõnastus, mida kirjutati pool tundi."

    def __init__(self, page, cable, enter, tmp_path):
        World()
        enter(UserFactory(role="administrator"))
        page.goto(f"{cable.url}/documents/templates/kinds/KASUTUSLEPING/")
        page.locator(self.field).fill(f"{page.locator(self.field).input_value()}\n\n{self.text}")
        self.button = page.locator("button[name=keep]")

    def done(self):
        return TemplateVersion.objects.filter(body__contains=self.text).count()


class Refusal:
    field, text = "[name=refuse-reason]", "Leht 3 on ümber pööratud."

    def __init__(self, page, cable, enter, tmp_path):
        self.world = World().draft().seal().send()
        [envelope] = self.world.envelopes
        returned = self.world.bring(
            envelope,
            MARI[1],
            came_by="page",
            signer=envelope.signers.get(role="representative"),
        )
        enter(self.world.by)
        page.goto(f"{cable.url}/documents/returns/{returned.pk}/")
        page.locator(self.field).fill(self.text)
        self.button = page.locator("form[action$='/refuse/'] button")

    def done(self):
        return ReturnedFile.objects.exclude(refused_at=None).count()


class ClientPage:
    field, text = "#id_file", "allkirjastatud"

    def __init__(self, page, cable, enter, tmp_path):
        self.world = World().draft().seal().send()
        [envelope] = self.world.envelopes
        path = tmp_path / f"{self.text}.asice"
        path.write_bytes(signing.signed_by(envelope, MARI[1]))
        now = timezone.now()
        _link, token = issue_external_link(
            purpose=CLIENT_PAGE,
            about=envelope.signers.get(role="representative"),
            expires_at=now + dt.timedelta(days=1),
            by=None,
            at=now,
        )
        page.goto(f"{cable.url}/documents/sign/{token}/")
        page.locator(self.field).set_input_files(path)
        self.button = page.locator("main form button[type=submit]")

    def done(self):
        return ReturnedFile.objects.count()


class Number:
    field, text = "[name$=portal_record]", "E-2026-77"

    def __init__(self, page, cable, enter, tmp_path):
        self.world = World().draft().seal().send()
        self.world.bring(self.world.envelopes[0], MARI[1], TIINA)
        self.world.register_agrees().confirm()
        enter(self.world.by)
        page.goto(f"{cable.url}/documents/{self.world.case.pk}/")
        page.locator(self.field).fill(self.text)
        page.locator("[name$=told_how]").select_option("phone")
        self.button = page.locator("form[action$='/enter/'] button")

    def done(self):
        return Access.objects.count()


FORMS = [Terms, Wording, Refusal, ClientPage, Number]


@pytest.mark.parametrize("kind", FORMS)
def test_text_stays_while_the_server_is_away_and_goes_once(page, cable, enter, tmp_path, kind):
    form = kind(page, cable, enter, tmp_path)

    press_while_away(page, cable, form.button)

    assert form.text in page.locator(form.field).input_value()
    assert form.done() == 0
    where = page.url
    form.button.press("Enter")
    if kind is ClientPage:
        expect(page.locator("#result")).to_contain_text("kontrollitakse")
    else:
        page.wait_for_url(lambda url: url != where or kind is Number)
        expect(page.locator(form.field)).to_have_count(0)
    expect(page.locator(AWAY)).to_be_hidden()
    assert form.done() == 1


def test_what_was_sent_again_because_its_answer_was_lost_is_done_once(page, cable, enter):
    enter(UserFactory(role="specialist"))
    page.goto(f"{cable.url}/clients/new/person/")
    page.locator("#id_last_name").fill("Ünnapuu")
    button = page.locator("main form button[type=submit]").last
    cable.lose_answer_to(b"POST /clients/new/person/")

    button.click()
    assert cable.lost.wait(5)
    expect(page.locator(AWAY)).to_be_visible()
    cable.mend()
    assert Client.objects.filter(last_name="Ünnapuu").count() == 1
    button.press("Enter")

    page.wait_for_url(lambda url: not url.endswith("/new/person/"))
    assert Client.objects.filter(last_name="Ünnapuu").count() == 1


def test_session_that_ended_costs_nothing_typed(page, context, cable, enter):
    user = enter(UserFactory(role="specialist"))
    client = ClientFactory()
    page.goto(f"{cable.url}/clients/{client.pk}/note/")
    page.locator("main textarea").fill("Helistada pärast kella kolme.")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    button = page.locator("main form button[type=submit]")
    button.click()
    expect(page.locator(SIGNED_OUT)).to_be_visible()
    expect(page.locator("main textarea")).to_have_value("Helistada pärast kella kolme.")

    context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    enter(user)
    tab = context.new_page()
    tab.goto(f"{cable.url}/settings/")  # gives the forms a new cookie, as signing in does
    tab.close()
    button.press("Enter")

    page.wait_for_url(f"**/clients/{client.pk}/")
    expect(page.locator("main")).to_contain_text("Helistada pärast kella kolme.")


def test_search_and_export_leave_only_when_the_server_is_there(page, cable, enter):
    enter(UserFactory(role="specialist"))
    ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    page.goto(f"{cable.url}/clients/")
    page.locator("main input[type=search]").fill("Tamm")

    press_while_away(page, cable, page.locator("main form[role=search] button[type=submit]"))

    expect(page.locator("main input[type=search]")).to_have_value("Tamm")


def test_mistake_of_the_server_leaves_the_page_and_says_so(page, context, cable, enter, faults):
    faults.expect("500")
    enter(UserFactory(role="specialist"))
    page.goto(f"{cable.url}/clients/new/person/")
    page.locator("#id_last_name").fill("Ünnapuu")
    context.route(
        "**/clients/new/person/", lambda route: route.fulfill(status=500, body="viga"), times=1
    )

    page.locator("main form button[type=submit]").last.click()

    expect(page.locator(UNSENT)).to_be_visible()
    expect(page.locator("#id_last_name")).to_have_value("Ünnapuu")


def kept_as(draft, summary):
    """Wait until the page has kept what was typed."""
    for _ in range(50):
        if Ticket.objects.get(pk=draft.pk).summary == summary:
            return True
        time.sleep(0.1)
    return False


def test_ticket_keeps_itself_again_after_its_button_found_no_server(page, cable, enter):
    draft = TicketFactory(responsible=enter(UserFactory(role="specialist")))
    page.goto(f"{cable.url}/tickets/drafts/{draft.key}/")
    press_while_away(page, cable, page.locator("button[name=act][value=raise]"))
    expect(page.locator(AWAY)).to_be_hidden()

    page.locator("#id_summary").fill("KOTKAS: read on lukus")

    assert kept_as(draft, "KOTKAS: read on lukus")


def test_ticket_keeps_itself_after_it_was_not_taken(page, cable, enter, faults):
    faults.expect("422")
    draft = TicketFactory(responsible=enter(UserFactory(role="specialist")), description="")
    page.goto(f"{cable.url}/tickets/drafts/{draft.key}/")
    page.locator("button[name=act][value=raise]").click()
    expect(page.locator("#error-summary")).to_be_visible()

    page.locator("#id_summary").fill("KOTKAS: read on lukus")

    assert kept_as(draft, "KOTKAS: read on lukus")


def test_page_of_one_person_is_not_sent_in_the_name_of_the_next(page, cable, enter):
    enter(UserFactory(role="specialist"))
    page.goto(f"{cable.url}/clients/new/person/")
    page.locator("#id_last_name").fill("Ünnapuu")
    enter(UserFactory(role="specialist"))

    page.locator("main form button[type=submit]").last.click()

    expect(page.locator(SIGNED_OUT)).to_be_visible()
    expect(page.locator("#id_last_name")).to_have_value("Ünnapuu")
    assert not Client.objects.filter(last_name="Ünnapuu").exists()
