"""Letters, by the keys shown on screen: a mail to a sent answer, and a letter that a unit answers.

Mail comes by a real IMAP server and leaves by a real SMTP server.
"""

import datetime as dt
import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common import actions as common_actions
from common.actions import send_due_mail, send_mail
from common.models import OutgoingMail
from inquiries import actions, tasks
from inquiries.models import AnswerDraft, Inquiry, Letter, LetterDirection
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import InquiryFactory, LetterFactory
from tests.factories.knowledge import TopicFactory
from tests.factories.letter_data import letter_data
from tests.standins.imap import DOVECOT, imap_server
from tests.standins.smtp import mail_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
SECRET = "Klient on kolmandat korda samas asjas"


@pytest.fixture(autouse=True)
def _law_and_wordings(transactional_db):
    letter_data()


@pytest.fixture
def post(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def mailbox(settings, tmp_path):
    with imap_server() as running:
        settings.IMAP_URL, settings.MEDIA_ROOT = running.url, tmp_path
        yield running


def mail_arrives(mailbox, text, **head):
    """Somebody writes; the mailbox is read and what came is filed, as the worker does every minute."""
    message = EmailMessage()
    message["From"] = "Mari Maasikas <mari@example.ee>"
    message["To"] = head.pop("To", "klienditugi@keskkonnaamet.ee")
    message["Message-ID"] = make_msgid(domain="example.ee")
    message["Subject"] = "Puurkaev"
    for name, value in head.items():
        message[name] = value
    message.set_content(text)
    mailbox.deliver(message.as_bytes())
    for mail_id in common_actions.read_mailbox(at=timezone.now()):
        tasks.file_mail(mail_id=mail_id)
    return Letter.objects.filter(direction=LetterDirection.IN).latest("pk")


def everything_said_in(sent):
    """Head and every part of a letter, decoded: base64 hides words from whoever looks at the bytes only."""
    parts = [part.get_payload(decode=True) or b"" for part in sent.walk()]
    return sent.as_bytes() + b"\n".join(parts)


def time_passes():
    """The seconds in which an answer can be taken back go by; then the post is emptied."""
    later = timezone.now() + dt.timedelta(seconds=11)
    actions.send_leaving_letters(at=later)
    send_due_mail(at=later)
    for mail in OutgoingMail.objects.all():
        send_mail(mail_id=mail.pk, at=later)


def choose_topic(page):
    """A letter comes without a topic, and an answer settles it under one."""
    page.locator("#id_topic").select_option(label="Puurkaevu rajamine")
    page.get_by_role("button", name="Vali teema").click()
    expect(page.locator("#id_topic")).to_have_count(0)


def write_answer(page, text):
    page.locator("#id_text").fill(text)
    page.locator("#id_source_text").fill("veeseadus § 187")
    expect(page.locator("[data-saved-words]")).to_have_text("salvestatud")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/inquiries/\d+/$"))


@pytest.mark.skipif(DOVECOT is None, reason="needs Dovecot (apt-get install dovecot-imapd)")
def test_a_mail_to_a_sent_answer(page, live_server, sign_in, post, mailbox):
    topic = TopicFactory(name_et="Puurkaevu rajamine")
    letter = mail_arrives(mailbox, "Kas puurkaevule on luba vaja?")
    agent = sign_in("specialist")

    page.goto(f"{live_server.url}/inquiries/inbox/")
    expect(page.locator("#letters tbody tr")).to_have_count(1)
    page.keyboard.press("Alt+KeyJ")
    page.wait_for_url(re.compile(r"/inquiries/\d+/$"))
    expect(page.locator("#thread")).to_contain_text("Kas puurkaevule on luba vaja?")
    page.keyboard.press("Alt+KeyV")
    page.wait_for_url("**/answer/")
    expect(page.locator("#id_text")).to_have_value(re.compile("Lugupeetud Mari Maasikas"))
    choose_topic(page)

    write_answer(page, "Jah, luba on vaja.")
    expect(page.locator(".leaving")).to_contain_text("Vastus läheb välja kell")
    page.keyboard.press("Control+KeyZ")
    page.wait_for_url("**/answer/")
    expect(page.locator("#id_text")).to_have_value("Jah, luba on vaja.")
    time_passes()
    assert post.letters == []

    write_answer(page, "Jah, kui vett on üle 10 m³ ööpäevas.")
    time_passes()
    page.reload()

    expect(page.locator("main header .pill").first).to_have_text("Lahendatud")
    [sent] = post.letters
    inquiry = Inquiry.objects.get()
    assert sent["To"] == "mari@example.ee"
    assert "10 m³ ööpäevas" in sent.get_content()
    assert inquiry.number in sent["Subject"]
    assert (inquiry.state, inquiry.responsible) == (InquiryState.SOLVED, agent)
    assert (inquiry.topic, inquiry.owner_unit) == (topic, topic.owner_unit)
    reply = mail_arrives(
        mailbox, "Aitäh! Aga tiik?", To=sent["Reply-To"], **{"In-Reply-To": sent["Message-ID"]}
    )
    assert reply.inquiry == letter.inquiry == inquiry
    assert mailbox.count() == 0
    page.reload()
    expect(page.locator("#thread")).to_contain_text("Aga tiik?")


def test_a_letter_forwarded_to_a_unit_that_answers(
    page, live_server, sign_in, post, new_context, settings, tmp_path
):
    settings.SITE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path
    unit = UnitFactory(name_et="Vee osakond")
    TopicFactory(name_et="Puurkaevu rajamine")
    UserFactory(role="unit_head", unit=unit, email="juht@agency.example")
    sign_in("specialist")
    page.goto(f"{live_server.url}/inquiries/letters/new/")
    page.locator("#id_sender_name").fill("Mari Maasikas")
    page.locator("#id_sender_address").fill("mari@example.ee")
    page.locator("#id_subject").fill("Puurkaev")
    page.locator("#id_text").fill("Kas minu kaevule on luba?")
    page.locator("#id_scan").set_input_files(
        {"name": "kiri.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.locator("#id_register_number").fill("7-4/26/1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/inquiries/\d+/$"))
    inquiry = Inquiry.objects.get()
    assert (inquiry.channel, inquiry.register_number) == ("post", "7-4/26/1")
    page.keyboard.press("Alt+KeyT")
    expect(page.locator("main header .pill").first).to_have_text("Töös")

    page.goto(f"{live_server.url}/inquiries/{inquiry.pk}/unit/ask/")
    page.locator("#id_unit").select_option(label="Vee osakond")
    page.locator("#id_text").fill(f"{SECRET}: kas luba on?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"{live_server.url}/inquiries/{inquiry.pk}/")
    expect(page.locator("main")).to_contain_text("Vee osakond vastab hiljemalt")
    time_passes()

    [to_head] = post.letters
    link = re.search(rf"{live_server.url}/inquiries/unit/\S+", to_head.get_content())[0]
    head = new_context().new_page()
    head.goto(link)
    expect(head.locator("main")).to_contain_text("kas luba on?")
    expect(head.locator("main")).to_contain_text("Kas minu kaevule on luba?")
    assert SECRET.encode() not in everything_said_in(to_head)
    head.locator("#id_name").fill("Jaan Juht")
    head.locator("#id_text").fill("Luba on antud 2019. aastal.")
    head.get_by_role("button", name="Anna vastus").click()
    expect(head.locator("main .in[role=status]")).to_contain_text("klienditeeninduses")

    page.reload()
    expect(page.locator("#thread")).to_contain_text("Luba on antud 2019. aastal.")
    page.keyboard.press("Alt+KeyV")
    page.wait_for_url("**/answer/")
    choose_topic(page)
    write_answer(page, "Kaevule on luba olemas.")
    time_passes()

    to_client = [sent for sent in post.letters if sent["To"] == "mari@example.ee"]
    assert len(to_client) == 1
    assert "luba olemas" in to_client[0].get_content()
    for between_us in (SECRET, "Jaan Juht", "Luba on antud 2019", "Vee osakond"):
        assert between_us.encode() not in everything_said_in(to_client[0])
    head.goto(link)
    expect(head.locator("#id_text")).to_have_count(0)
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.SOLVED


def test_text_of_an_answer_survives_a_crash_and_never_overwrites_a_colleagues(
    page, live_server, sign_in, faults
):
    agent = sign_in("specialist")
    inquiry = InquiryFactory(in_work=True, agent=agent)
    LetterFactory(inquiry=inquiry)
    page.goto(f"{live_server.url}/inquiries/{inquiry.pk}/answer/")
    page.locator("#id_text").press_sequentially("Minu tekst. ")
    expect(page.locator("[data-saved-words]")).to_have_text("salvestatud")
    page.reload()
    expect(page.locator("#id_text")).to_have_value(re.compile("Minu tekst"))

    draft = AnswerDraft.objects.get()
    actions.save_answer(
        inquiry=inquiry,
        version=draft.version,
        typed={**draft.typed, "text": "Kolleegi tekst"},
        by=UserFactory(role="coordinator"),
        at=timezone.now(),
    )
    faults.expect("409")
    page.locator("#id_text").press_sequentially("Veel. ")
    expect(page.locator("[data-saved-words]")).to_contain_text("keegi teine on siia kirjutanud")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#stale")).to_contain_text("Kolleegi tekst")
    expect(page.locator("#stale")).to_contain_text("Veel. Minu tekst.")
    assert AnswerDraft.objects.get().typed["text"] == "Kolleegi tekst"


def test_words_of_an_answer_typed_before_its_script_came_are_kept(page, live_server, sign_in):
    agent = sign_in("specialist")
    inquiry = InquiryFactory(in_work=True, agent=agent)
    LetterFactory(inquiry=inquiry)
    page.route("**/js/answer*.js", lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.goto(f"{live_server.url}/inquiries/{inquiry.pk}/answer/", wait_until="commit")

    page.locator("#id_source_text").fill("veeseadus § 187")

    expect(page.locator("[data-saved-words]")).to_have_text("salvestatud")
    assert AnswerDraft.objects.get().typed["source_text"] == "veeseadus § 187"
