"""By keyboard alone, from a request in a call to working access and to its end: two sign jointly.

The register is the stand-in on a real socket, mail goes by a real SMTP server, a real worker draws the
papers and judges what comes back; the signatures are of our own PKI.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from clients.models import ConfirmedHow, ContactPoint
from common.actions import send_mail
from common.clock import working_clock
from common.models import ExternalLink, OutgoingMail
from common.tokens import token_hash
from documents import actions
from documents.models import Access, AccessCase, Envelope
from tests.browser.keyboard import Keyboard
from tests.documents import signing
from tests.documents.situations import seed_templates
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import TIINA, AgencyDelegationFactory, give_competence
from tests.factories.inquiries import InquiryFactory
from tests.factories.registry import OrganisationFactory
from tests.standins.smtp import mail_server
from tests.worker_process import share_house, worker_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
SLOW = 60_000
CODE, NAME = "19999928", "Ühisjõud OÜ"
ANU, PEETER = "47001011016", "50101011028"
KATI, MART = "47001011027", "37001011059"


@pytest.fixture
def post(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def worker(register, post, transactional_db, tmp_path):
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port)}
    with share_house(tmp_path), worker_process(tmp_path, **mail) as running:
        yield running


@pytest.fixture
def office(transactional_db):
    """What stands ready; gives the coordinator, who takes the call, and the agency's signatory."""
    seed_templates()
    signing.keep_trusted_list()
    signatory = UserFactory(role="head_of_customer_service", first_name="Tiina", last_name="Tamm")
    AgencyDelegationFactory(holder=signatory)
    OrganisationFactory(registry_code=CODE, name=NAME)
    client = ClientFactory(
        organisation=True,
        name=NAME,
        registry_code=CODE,
        phone="+372 5300 1234",
        email="info@yhisjoud.example.ee",
    )
    ContactPoint.objects.filter(client=client).update(
        confirmed_at=timezone.now(), confirmed_how=ConfirmedHow.CALLBACK
    )
    coordinator = UserFactory(role="coordinator", first_name="Liis")
    give_competence(coordinator, "confirm_check")
    inquiry = InquiryFactory(
        agent=coordinator, client=client, state="access_papers", outcome="access_papers"
    )
    return coordinator, signatory, inquiry


class Story:
    """A person at the keys; only the first page of each is an address: My day, or the link in a letter."""

    def __init__(self, page, live_server, sign_in, tmp_path):
        self.page, self.url, self.sign_in = page, live_server.url, sign_in
        self.folder = tmp_path
        self.keys = Keyboard(page, "access-")
        self.picture = self.keys.picture

    def enter(self, user):
        """Somebody else sits down; what the page of the one before still asks must not come between."""
        self.page.goto("about:blank")
        self.page.wait_for_timeout(500)
        self.sign_in(user=user)
        self.page.goto(f"{self.url}/")

    def find(self, text, address):
        """By the search that every page has."""
        self.page.wait_for_load_state()
        self.keys.press("Control+KeyK")
        expect(self.page.locator("#search-dialog input[type=search]")).to_be_focused()
        self.keys.type(text)
        expect(self.page.locator("#search-results a").first).to_contain_text(text)
        self.keys.press("Enter")
        self.page.wait_for_url(address)

    def open_case(self):
        case = AccessCase.objects.get(client__isnull=False, closed_at=None)
        self.find(case.number, f"**/documents/{case.pk}/")

    def press(self, selector, shown=None, at_most=60):
        """Go to a button or link, press it, and see what it led to."""
        self.keys.tab_to(selector, at_most)
        self.keys.press("Enter")
        if shown is not None:
            self.page.wait_for_url(shown)

    def bring(self, envelope, code):
        path = self.folder / envelope.file_name
        path.write_bytes(signing.signed_by(envelope, code))
        self.keys.choose_file("input[name=file]", path)


@pytest.fixture
def story(page, live_server, sign_in, tmp_path):
    return Story(page, live_server, sign_in, tmp_path)


CASE = re.compile(r"/documents/\d+/$")


def add_user(story, kind, name, code, email):
    keys = story.keys
    story.press(f"a[href$='kind={kind}']", re.compile("papers/add"))
    keys.fill("#id_person_name", name)
    keys.fill("#id_personal_code", code)
    keys.fill("#id_email", email)
    keys.fill("#id_phone", "+372 5300 1235")
    keys.tick("input[name=services]")
    story.picture(f"terms-{kind.lower()}")
    keys.press("Control+Enter")
    story.page.wait_for_url(CASE)


def links_to(post, wait, number, *, after=0):
    """The links of the letters that ask to sign, in the order in which they came after so many others."""
    wait(lambda: len(asked(post)) >= after + number)
    return asked(post)[after : after + number]


def asked(post):
    texts = [letter.get_body(("plain",)).get_content() for letter in list(post.letters)]
    return [found[0] for text in texts if (found := re.search(r"/documents/sign/[\w-]+/", text))]


def waited(page):
    def wait(condition):
        for _try in range(240):
            if condition():
                return
            page.wait_for_timeout(250)
        raise AssertionError("it did not happen")

    return wait


def in_office_hours(days):
    """A moment so many working days from today, at eleven."""
    day = working_clock().add_days(timezone.localdate(), days)
    return dt.datetime.combine(day, dt.time(11), ZoneInfo("Europe/Tallinn"))


def test_two_sign_jointly_and_the_access_begins_and_ends(story, office, register, worker, post):
    coordinator, signatory, inquiry = office
    page, wait = story.page, waited(story.page)
    story.enter(user=coordinator)

    # The request in a call, and the check.
    story.find(inquiry.number, f"**/inquiries/{inquiry.pk}/")
    story.keys.press("Alt+KeyA")
    page.wait_for_url("**/start/?inquiry=*")
    start(story)
    case = AccessCase.objects.get()
    wait(lambda: case.papers.get().representation_check.answered_at is not None)

    # The agreement and two authorisations, typed once.
    add_user(story, "VOLIKIRI_PEA", "Kati Kask", KATI, "kati@yhisjoud.example.ee")
    add_user(story, "VOLIKIRI_TAVA", "Mart Mets", MART, "mart@yhisjoud.example.ee")
    story.picture("preparation")
    draft_by_both(story, wait, case)
    story.picture("drafts")
    put_into_containers(story)
    agreement, authorisations = Envelope.objects.order_by("pk")
    story.picture("envelopes")

    # The agency signs.
    story.enter(user=signatory)
    story.press("main a[href$='/documents/to-sign/']", "**/to-sign/")
    story.picture("to-sign")
    story.press(f"main a[href$='/envelopes/{agreement.pk}/sign/']", "**/sign/")
    story.bring(agreement, TIINA)
    story.picture("agency-sign")
    story.press("main form button[type=submit]", CASE)
    wait(lambda: agreement.papers.get().state == "agency_signed")

    # Each representative gets a page of their own.
    story.enter(user=coordinator)
    story.open_case()
    for envelope in (agreement, authorisations):
        send(story, envelope)
    story.picture("sent")
    links = links_to(post, wait, 4)

    # One signs; the other is reminded, and then finds the half-signed container.
    sign(story, links, agreement, ANU)
    story.picture("client-signed")
    assert agreement.papers.get().state == "partly_signed"
    assert actions.watch_envelopes(at=in_office_hours(6)) == 2
    for mail in OutgoingMail.objects.filter(state="queued"):
        send_mail(mail_id=mail.pk, at=in_office_hours(6))
    reminded = links_to(post, wait, 3, after=4)
    assert not set(reminded) & set(links)
    sign(story, reminded, agreement, PEETER)
    for code in (ANU, PEETER):
        sign(story, reminded, authorisations, code)
    assert set(case.papers.values_list("state", flat=True)) == {"returned"}

    # A person reads the register once more, confirms, enters; the notice leaves in the same step.
    page.goto(f"{story.url}/")
    for envelope in (agreement, authorisations):
        accept(story, wait, envelope)
    story.picture("checked")
    for paper in case.papers.order_by("pk"):
        enter(story, paper)
    story.picture("entered")
    wait(lambda: not OutgoingMail.objects.exclude(state="sent").exists())
    actions.follow_notices(at=timezone.now())
    case.refresh_from_db()
    inquiry.refresh_from_db()
    assert (case.state, inquiry.state) == ("done", "solved")
    assert sum("kati@yhisjoud" in str(letter["To"]) for letter in post.letters) == 1

    # The access is held; then the main user is withdrawn, and who depends on her is shown and closed.
    who_holds(story)
    expect(page.locator("main")).to_contain_text("Kati Kask")
    story.picture("held")
    main_user = Access.objects.get(kind="main_user")
    Access.objects.filter(kind="user").update(main_user=main_user)  # who signed as main user
    withdraw(story, wait, post)


def link_of(links, envelope, code):
    """The link of this person for this envelope; letters need not come in the order of their queueing."""
    signer = envelope.signers.get(role="representative", masked_code__startswith=code[:5])
    tokens = {token_hash(link.split("/")[3]): link for link in links}
    found = ExternalLink.objects.about(signer).filter(token_hash__in=tokens)
    return tokens[found.latest("pk").token_hash]


def start(story):
    expect(story.page.locator("#id_portal_0")).to_be_focused()
    story.keys.press("Alt+Digit1")
    story.keys.fill("#id_organisation", CODE)
    story.keys.press("Control+Enter")
    story.page.wait_for_url(CASE)


def put_into_containers(story):
    story.press("form[action$='/envelopes/'] button")
    expect(story.page.locator("section[id^=envelope-]").first).to_be_visible()


def who_holds(story):
    story.press(".rail a[href='/documents/']", "**/documents/")
    story.press("main a[href$='/documents/access/']", "**/access/")
    story.keys.fill("#id_organisation", CODE)
    story.keys.press("Enter")
    story.page.wait_for_url("**organisation=*")


def sign(story, links, envelope, code):
    page = story.page
    page.goto(story.url + link_of(links, envelope, code))
    story.picture("client-page")
    story.bring(envelope, code)
    story.press("main form button[type=submit]")
    expect(page.locator("#result .note-good")).to_be_visible(timeout=SLOW)
    page.wait_for_load_state()
    signer = envelope.signers.get(role="representative", masked_code__startswith=code[:5])
    assert signer.signed_at


def withdraw(story, wait, post):
    """The main user goes: who depends on her is shown, all sign, and the rights are closed."""
    page = story.page
    story.press(".rail a[href='/documents/']", "**/documents/")
    story.press("main a[href$='/documents/start/']", "**/start/")
    start(story)
    case = AccessCase.objects.latest("pk")
    assert not case.papers.exists()
    story.press("a[href$='kind=TAGASIVOTMINE_PEA']", re.compile("papers/add"))
    expect(page.locator("main")).to_contain_text("Mart Mets")
    story.keys.tick("#id_closes_dependants")
    story.picture("withdrawal")
    story.keys.press("Control+Enter")
    page.wait_for_url(CASE)
    paper = case.papers.get()
    draft_by_both(story, wait, case)
    put_into_containers(story)
    envelope = case.envelopes.get()
    before = len(asked(post))
    send(story, envelope)
    links = links_to(post, wait, 2, after=before)
    for code in (ANU, PEETER):
        sign(story, links, envelope, code)
    page.goto(f"{story.url}/")
    accept(story, wait, envelope)
    enter(story, paper)
    held = dict(Access.objects.values_list("kind", "closed_at"))
    assert held["agreement"] is None
    assert held["main_user"] is not None
    assert held["user"] is not None
    who_holds(story)
    expect(page.locator("main")).not_to_contain_text("Kati Kask")


def draft_by_both(story, wait, case):
    """Both are chosen, a person reads what the register says of them, and the drafts are made."""
    page, first = story.page, case.papers.order_by("pk").first()
    wait(lambda: case.papers.order_by("pk").first().representation_check.waits_for_people)
    tick_both(story)
    before = first.representation_check_id
    story.press("button[formaction$='/signers/']")
    wait(
        lambda: (
            case.papers.order_by("pk").first().representation_check_id != before or before is None
        )
    )
    wait(lambda: case.papers.order_by("pk").first().representation_check.waits_for_people)
    read_check(story, case.papers.order_by("pk").first().representation_check_id)
    story.open_case()
    tick_both(story)
    story.keys.press("Control+Enter")
    wait(lambda: not case.papers.exclude(state="draft_ready").exists())
    expect(page.locator("form[action$='/envelopes/'] button")).to_be_visible(timeout=SLOW)


def tick_both(story):
    boxes = story.page.locator("#signers input[name=people]")
    expect(boxes).to_have_count(2, timeout=SLOW)
    for place in range(2):
        story.keys.tick(f"#signers input[name=people][id$='_{place}']")
        expect(boxes.nth(place)).to_be_checked()


def read_check(story, pk):
    """The register names two who represent together, so a person reads its answer."""
    page, keys = story.page, story.keys
    link = f"main a[href$='/registry/checks/{pk}/']"
    expect(page.locator(link)).to_be_visible(timeout=SLOW)
    story.press(link, f"**/checks/{pk}/")
    keys.fill("form[action$='/confirm/'] [name$=reason]", "Loetud registrist, mõlemad saavad.")
    story.press("form[action$='/confirm/'] button[type=submit]")
    expect(page.locator("form[action$='/confirm/']")).to_have_count(0)


def send(story, envelope):
    form = f"form[action$='/envelopes/{envelope.pk}/send/']"
    fields = story.page.locator(f"{form} input[type=email]")
    for field in fields.all():
        story.keys.fill(f"#{field.get_attribute('id')}", "info@yhisjoud.example.ee", 80)
    story.press(f"{form} button[type=submit]")
    expect(story.page.locator(form)).to_be_hidden()


def accept(story, wait, envelope):
    """The register is read once more, and a person confirms what came back."""
    wait(lambda: envelope.papers.first().return_check.waits_for_people)
    story.open_case()
    read_check(story, envelope.papers.first().return_check_id)
    story.open_case()
    story.picture("returned")
    form = f"form[action$='/envelopes/{envelope.pk}/confirm/']"
    story.press(f"{form} button", at_most=80)
    expect(story.page.locator(form)).to_have_count(0)


def enter(story, paper):
    form = f"form[action$='/papers/{paper.pk}/enter/']"
    story.keys.fill(f"{form} [name$=portal_record]", f"E-{paper.pk}", 80)
    story.press(f"{form} button[type=submit]")
    expect(story.page.locator(form)).to_have_count(0)
