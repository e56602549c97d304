"""From a request in a call to working access, and to its end: two joint representatives sign.

The register is the stand-in on a real socket, mail goes by a real SMTP server, a real worker draws the
papers and judges what comes back; the signatures are of our own PKI.
"""

import datetime as dt
import os
import re
from pathlib import Path
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
    inquiry = InquiryFactory(agent=coordinator, client=client, state="access_papers")
    return coordinator, signatory, inquiry


class Story:
    """A person at the screen, with pictures for whoever wants to look (STORY_PICTURES names a folder)."""

    def __init__(self, page, live_server, sign_in, tmp_path):
        self.page, self.url, self.sign_in = page, live_server.url, sign_in
        self.folder, self.pictures = tmp_path, 0

    def enter(self, user):
        """Somebody else sits down; what the page of the one before still asks must not come between."""
        self.page.goto("about:blank")
        self.page.wait_for_timeout(500)
        self.sign_in(user=user)

    def picture(self, name):
        folder = os.environ.get("STORY_PICTURES")
        if folder:
            self.pictures += 1
            path = Path(folder) / f"access-{self.pictures:02d}-{name}.png"
            self.page.screenshot(path=path, full_page=True)

    def press(self, action):
        """Press the button of the form that leads there."""
        self.page.locator(f"form[action$='{action}'] button[type=submit]").first.click()

    def open_case(self):
        self.page.goto(
            f"{self.url}/documents/{AccessCase.objects.get(client__isnull=False, closed_at=None).pk}/"
        )

    def bring(self, envelope, code, field="input[name=file]"):
        path = self.folder / envelope.file_name
        path.write_bytes(signing.signed_by(envelope, code))
        self.page.locator(field).set_input_files(path)


@pytest.fixture
def story(page, live_server, sign_in, tmp_path):
    return Story(page, live_server, sign_in, tmp_path)


def add_user(story, kind, name, code, email):
    page = story.page
    page.locator(f"a[href$='kind={kind}']").click()
    page.locator("#id_person_name").fill(name)
    page.locator("#id_personal_code").fill(code)
    page.locator("#id_email").fill(email)
    page.locator("#id_phone").fill("+372 5300 1235")
    page.locator("input[name=services]").first.check()
    story.picture(f"terms-{kind.lower()}")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))


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
    page.goto(f"{story.url}/documents/start/?inquiry={inquiry.pk}")
    page.locator("#id_portal_0").check()
    page.locator("#id_organisation").fill(CODE)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    case = AccessCase.objects.get()
    wait(lambda: case.papers.get().representation_check.answered_at is not None)

    # The agreement and two authorisations, typed once.
    page.reload()
    add_user(story, "VOLIKIRI_PEA", "Kati Kask", KATI, "kati@yhisjoud.example.ee")
    add_user(story, "VOLIKIRI_TAVA", "Mart Mets", MART, "mart@yhisjoud.example.ee")
    story.picture("preparation")
    draft_by_both(story, wait, case)
    story.picture("drafts")
    story.press("/envelopes/")
    agreement, authorisations = Envelope.objects.order_by("pk")
    story.picture("envelopes")

    # The agency signs.
    story.enter(user=signatory)
    page.goto(f"{story.url}/documents/to-sign/")
    story.picture("to-sign")
    page.locator(f"a[href$='/envelopes/{agreement.pk}/sign/']").click()
    story.bring(agreement, TIINA)
    story.picture("agency-sign")
    page.locator("main form button[type=submit]").click()
    wait(lambda: agreement.papers.get().state == "agency_signed")

    # Each representative gets a page of their own.
    story.enter(user=coordinator)
    for envelope in (agreement, authorisations):
        send(story, envelope)
    story.open_case()
    story.picture("sent")
    links = links_to(post, wait, 4)

    # One signs; the other is reminded, and then finds the half-signed container.
    page.goto(story.url + link_of(links, agreement, ANU))
    story.picture("client-page")
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
    page.goto(f"{story.url}/documents/access/?organisation={CODE}")
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


def sign(story, links, envelope, code):
    page = story.page
    page.goto(story.url + link_of(links, envelope, code))
    story.bring(envelope, code)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#result .note-good")).to_be_visible(timeout=SLOW)
    signer = envelope.signers.get(role="representative", masked_code__startswith=code[:5])
    assert signer.signed_at


def withdraw(story, wait, post):
    """The main user goes: who depends on her is shown, all sign, and the rights are closed."""
    page = story.page
    page.goto(f"{story.url}/documents/start/")
    page.locator("#id_portal_0").check()
    page.locator("#id_organisation").fill(CODE)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    case = AccessCase.objects.latest("pk")
    assert not case.papers.exists()
    page.locator("a[href$='kind=TAGASIVOTMINE_PEA']").click()
    expect(page.locator("main")).to_contain_text("Mart Mets")
    page.locator("#id_closes_dependants").check()
    story.picture("withdrawal")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    paper = case.papers.get()
    draft_by_both(story, wait, case)
    story.press("/envelopes/")
    envelope = case.envelopes.get()
    before = len(asked(post))
    send(story, envelope)
    links = links_to(post, wait, 2, after=before)
    for code in (ANU, PEETER):
        sign(story, links, envelope, code)
    accept(story, wait, envelope)
    enter(story, paper)
    held = dict(Access.objects.values_list("kind", "closed_at"))
    assert held["agreement"] is None
    assert held["main_user"] is not None
    assert held["user"] is not None
    page.goto(f"{story.url}/documents/access/?organisation={CODE}")
    expect(page.locator("main")).not_to_contain_text("Kati Kask")


def draft_by_both(story, wait, case):
    """Both are chosen, a person reads what the register says of them, and the drafts are made."""
    page, first = story.page, case.papers.order_by("pk").first()
    wait(lambda: case.papers.order_by("pk").first().representation_check.waits_for_people)
    story.open_case()
    tick_both(page)
    page.locator("button[formaction$='/signers/']").click()
    before = first.representation_check_id
    wait(
        lambda: (
            case.papers.order_by("pk").first().representation_check_id != before or before is None
        )
    )
    wait(lambda: case.papers.order_by("pk").first().representation_check.waits_for_people)
    read_check(story, case.papers.order_by("pk").first().representation_check_id)
    story.open_case()
    tick_both(page)
    page.keyboard.press("Control+Enter")
    wait(lambda: not case.papers.exclude(state="draft_ready").exists())
    story.open_case()


def tick_both(page):
    boxes = page.locator("#signers input[name=people]")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()


def read_check(story, pk):
    """The register names two who represent together, so a person reads its answer."""
    story.page.goto(f"{story.url}/registry/checks/{pk}/")
    form = story.page.locator("form[action$='/confirm/']")
    form.locator("[name$=reason]").fill("Loetud registrist, mõlemad allkirjastavad.")
    form.locator("button[type=submit]").click()


def send(story, envelope):
    story.open_case()
    form = story.page.locator(f"form[action$='/envelopes/{envelope.pk}/send/']")
    for field in form.locator("input[type=email]").all():
        field.fill("info@yhisjoud.example.ee")
    form.locator("button[type=submit]").click()
    expect(form).to_be_hidden()


def accept(story, wait, envelope):
    """The register is read once more, and a person confirms what came back."""
    wait(lambda: envelope.papers.first().return_check.waits_for_people)
    read_check(story, envelope.papers.first().return_check_id)
    story.open_case()
    story.picture("returned")
    story.press(f"/envelopes/{envelope.pk}/confirm/")


def enter(story, paper):
    form = story.page.locator(f"form[action$='/papers/{paper.pk}/enter/']")
    form.locator("[name$=portal_record]").fill(f"E-{paper.pk}")
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)
