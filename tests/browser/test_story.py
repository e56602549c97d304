"""The main story, by keyboard alone: a caller is helped, the organisation checked, the agreement drafted.

The register is the stand-in on a real socket; a real worker asks it and draws the paper.
"""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from documents.models import AccessCase, Paper
from inquiries.models import Inquiry
from tests.browser.keyboard import Keyboard
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import AgencyDelegationFactory, TemplateVersionFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    TopicFactory,
    TopicTermFactory,
)
from tests.factories.registry import OrganisationFactory
from tests.worker_process import share_house, worker_process

pytestmark = [pytest.mark.both, pytest.mark.timeout(300)]
SLOW = 60_000  # a worker starts, asks and draws meanwhile
ORGANISATION = 'Õlu & Äke <Šäž> "Ürg" OÜ'


@pytest.fixture
def worker(register, transactional_db, tmp_path):
    with share_house(tmp_path), worker_process(tmp_path) as running:
        yield running


@pytest.fixture
def office(transactional_db):
    """What stands ready on an ordinary morning; gives the specialist who is on the telephone."""
    article = ArticleFactory()
    ArticleVersionFactory(article=article, title="Portaali kasutusleping")
    topic = TopicFactory(name_et="E-teenuste portaali leping ja liitumine", default_article=article)
    article.topics.add(topic)
    TopicTermFactory(topic=topic, text="kasutusleping")
    TopicFactory(name_et="Veeluba")
    TemplateVersionFactory()
    AgencyDelegationFactory()
    OrganisationFactory(registry_code="19999785", name=ORGANISATION)
    OrganisationFactory(registry_code="19999905", name="Põlluvaim OÜ")
    ClientFactory(first_name="Mari", last_name="Tamm", phone="+372 5300 1234")
    ClientFactory(first_name="Jüri", last_name="Kask", phone="+372 5300 9999")
    return UserFactory(role="specialist", username="mari.spetsialist", first_name="Liis")


@pytest.fixture
def keys(page):
    return Keyboard(page)


def sign_in_by_keyboard(page, keys, live_server, user):
    page.goto(live_server.url)
    keys.tab_to("#id_login")
    keys.type(user.username)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url(f"{live_server.url}/")


def log_the_inquiry(page, keys):
    keys.press("Alt+KeyN")
    expect(page.locator("#caller-lookup")).to_be_focused()
    keys.type("00372 53 00 12 34")
    expect(page.locator("#caller-results [role=option]")).to_have_count(1)
    keys.picture("caller")
    keys.press("Enter")
    expect(page.locator("#caller")).to_contain_text("Mari Tamm")
    expect(page.locator("#topic-search")).to_be_focused()
    keys.type("kasutusleping")
    expect(page.locator("#topic-list [role=option]").first).to_contain_text("leping ja liitumine")
    keys.press("Enter")
    expect(page.locator("#call-source-version option:checked")).to_have_text(
        "Portaali kasutusleping"
    )
    expect(page.locator("#call-question")).to_be_focused()
    keys.type("Soovib esitada aruandeid e-teenuste portaalis. Mida on vaja?")
    keys.press("Tab")
    keys.type("Vaja on kasutuslepingut; kontrollin esindusõigust ja saadan kavandi.")
    outcome = page.locator("input[name=outcome][value=access_papers]")
    keys.press(outcome.get_attribute("data-keys"))
    expect(outcome).to_be_checked()
    keys.picture("call")
    keys.press("Control+Enter")
    page.wait_for_url("**/start/?inquiry=*")


def start_the_case(page, keys):
    expect(page.locator("main")).to_contain_text(Inquiry.objects.get().number)
    expect(page.locator("#id_portal_0")).to_be_focused()
    keys.press("Alt+Digit1", "Tab")
    expect(page.locator("#id_portal_0")).to_be_checked()
    expect(page.locator("#id_organisation")).to_be_focused()
    keys.type("õlu äke")
    expect(page.locator("#offered")).to_contain_text("19999785")
    keys.picture("start")
    keys.press("Control+Enter")
    page.wait_for_url(lambda url: re.search(r"/documents/\d+/$", url) is not None)


def test_caller_helped_organisation_checked_agreement_drafted(
    page, live_server, office, keys, register, worker, stream
):
    sign_in_by_keyboard(page, keys, live_server, office)
    keys.picture("my-day")
    log_the_inquiry(page, keys)
    start_the_case(page, keys)
    keys.picture("case")
    # The worker asks the register; the page hears of it.
    expect(page.locator("#check")).to_contain_text("üksi", timeout=SLOW)
    assert ["esindus_v2", "19999785"] in register.asked
    signer = page.locator("#signers input[name=people]")
    expect(signer).to_be_checked()
    keys.picture("checked")

    to_contacts = page.locator(".missing a[href='#contacts']").first
    keys.press(to_contacts.get_attribute("data-keys"))
    keys.tab_to("#contacts [name=phone]", at_most=3)
    expect(page.locator("#contacts [name=phone]")).to_have_value("+372 5300 1234")
    keys.press("Tab")
    keys.type("info@oluake.example.ee")
    keys.picture("contacts")
    keys.press("Enter")
    expect(page.locator("#organisation")).to_contain_text("info@oluake.example.ee")

    keys.tab_to("#signers input[name=people]")
    keys.press("Space")
    expect(signer).to_be_checked()
    keys.picture("ready")
    keys.press("Control+Enter")
    preview = page.locator("iframe.paper")
    expect(preview).to_be_visible(timeout=SLOW)
    paper = Paper.objects.get()
    expect(page.locator("#work")).to_contain_text(paper.number)
    expect(page.locator("#story .pill")).to_have_text("Eelnõu on valmis", timeout=SLOW)
    keys.picture("draft")

    with page.expect_download() as expected:
        keys.press("Alt+KeyS")
    check_paper(expected.value, paper)
    case = AccessCase.objects.get()
    assert (case.inquiry, case.client.name) == (Inquiry.objects.get(), ORGANISATION)


def check_paper(download, paper):
    assert download.suggested_filename == f"{paper.number}.pdf"
    text = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(download.path()).pages
    )
    for words in (
        f"nr {paper.number}",
        ORGANISATION,
        "registrikood 19999785",
        "Õie-Mall Üüdibürger-Šarapova",
        "isikukood 41004010273",
        "juhatuse liige",
        "info@oluake.example.ee",
        "Tiina Tamm",
    ):
        assert words in text, text
