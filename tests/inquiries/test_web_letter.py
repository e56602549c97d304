"""The public page: nothing enters the inbox before its sender has confirmed the address, and no word is lost."""

import datetime as dt
import re
import uuid
from ipaddress import ip_network

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.models import OutgoingMail, StoredFile
from inquiries import actions
from inquiries.ask_forms import SALT
from inquiries.models import Inquiry, Letter, WebLetter
from inquiries.refusals import TooManyLetters
from tests.factories.inquiries import MONDAY_TEN, LegalTermFactory
from tests.factories.knowledge import TopicFactory
from tests.standins.hostile_mail import PNG
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db
URL = "/ask/et/"


def typed(**changes):
    fields = {
        "key": str(uuid.uuid4()),
        "since": signing.dumps(int(timezone.now().timestamp()) - 60, salt=SALT),
        "website": "",
        "sender_address": "Mari@Example.ee",
        "sender_name": "Mari Maasikas",
        "topic": "",
        "county": "Harju",
        "subject": "Puurkaev",
        "text": "Kas kaevule on luba vaja?",
    }
    return {**fields, **changes}


def link(mail=None):
    mail = mail or OutgoingMail.objects.filter(key__startswith="inquiries.confirm_letter").get()
    return re.search(r"/ask/confirm/[\w-]+/", mail.text).group(0)


def test_letter_waits_until_its_sender_has_confirmed_the_address(client):
    topic = TopicFactory()

    answer = client.post(URL, typed(topic=topic.pk))

    assert (answer.status_code, Inquiry.objects.count()) == (302, 0)
    page = client.get(answer.url).content.decode()
    assert "m***@example.ee" in page
    assert "mari@" not in page.lower()
    assert "Avage" in client.get(link()).content.decode() or client.get(link()).status_code == 200
    assert Inquiry.objects.count() == 0  # looking confirms nothing

    receipt = client.post(link())

    letter = Letter.objects.get()
    inquiry = letter.inquiry
    assert inquiry.number in receipt.content.decode()
    assert (letter.channel, letter.sender_address, letter.text) == (
        "web",
        "mari@example.ee",
        "Kas kaevule on luba vaja?",
    )
    assert (inquiry.topic, inquiry.county, inquiry.language, inquiry.state) == (
        topic,
        "Harju",
        "et",
        "received",
    )
    mail = OutgoingMail.objects.get(key__startswith="inquiries.receipt")
    assert inquiry.number in mail.subject
    web = WebLetter.objects.get()
    assert (web.text, web.sender_name, web.letter) == ("", "", letter)


def test_link_pressed_twice_is_one_inquiry_and_one_receipt(client):
    client.post(URL, typed())

    first, again = client.post(link()), client.post(link())

    number = Inquiry.objects.get().number
    assert number in first.content.decode()
    assert number in again.content.decode()
    assert OutgoingMail.objects.filter(key__startswith="inquiries.receipt").count() == 1


def test_form_sent_twice_is_one_letter(client):
    fields = typed()

    first, again = client.post(URL, fields), client.post(URL, fields)

    assert first.url == again.url
    assert WebLetter.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "mended", [{"sender_address": "mari@maasikas.example"}, {"text": "Kas kahele kaevule?"}]
)
def test_form_that_was_mended_and_sent_again_is_another_letter(client, mended):
    fields = typed()
    client.post(URL, fields)

    first, again = client.post(URL, {**fields, **mended}), client.post(URL, {**fields, **mended})

    assert first.url == again.url
    assert WebLetter.objects.count() == OutgoingMail.objects.count() == 2
    [letter] = WebLetter.objects.exclude(key=fields["key"])
    assert {name: getattr(letter, name) for name in mended} == mended


def test_form_sent_again_after_its_letter_was_confirmed_is_that_letter(client):
    fields = typed()
    first = client.post(URL, fields)
    client.post(link())

    again = client.post(URL, fields)

    assert first.url == again.url
    assert WebLetter.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"sender_address": "not an address"},
        {"subject": ""},
        {"topic": "999999"},
        {"county": "Atlantis"},
        {"website": "http://spam.example"},
        {"since": signing.dumps(int(dt.datetime.now(dt.UTC).timestamp()) + 3_600, salt=SALT)},
    ],
)
def test_typed_text_stays_on_every_error(client, changes):
    answer = client.post(URL, typed(**changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kas kaevule on luba vaja?" in page
    assert "Mari Maasikas" in page
    assert not WebLetter.objects.exists()


def test_program_that_fills_the_form_in_at_once_is_asked_to_press_again(client):
    quick = signing.dumps(int(timezone.now().timestamp()), salt=SALT)

    assert client.post(URL, typed(since=quick)).status_code == 422


@pytest.mark.parametrize("since", ["", "forged", "1:abc"])
def test_form_without_its_time_is_taken(client, since):
    assert client.post(URL, typed(since=since)).status_code == 302


def test_more_letters_than_an_hour_takes_are_refused_with_their_text(client, settings):
    settings.WEB_LETTERS_PER_ADDRESS, settings.WEB_LETTERS_PER_NETWORK = 2, 3
    for _time in range(2):
        assert client.post(URL, typed()).status_code == 302

    same_address = client.post(URL, typed())
    assert (same_address.status_code, WebLetter.objects.count()) == (422, 2)
    assert "Kas kaevule on luba vaja?" in same_address.content.decode()

    assert client.post(URL, typed(sender_address="a@example.ee")).status_code == 302
    assert client.post(URL, typed(sender_address="b@example.ee")).status_code == 422
    elsewhere = client.post(URL, typed(sender_address="b@example.ee"), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_letters_sent_in_the_same_moment_do_not_slip_past_the_limit(settings):
    settings.WEB_LETTERS_PER_ADDRESS = settings.WEB_LETTERS_PER_NETWORK = 3

    def send():
        return str(written(at=MONDAY_TEN).pk)

    answers = at_once(*[send] * 20)

    assert answers.count("TooManyLetters") == 17
    assert WebLetter.objects.count() == OutgoingMail.objects.count() == 3


def test_neighbours_in_a_network_count_together(client, settings):
    settings.WEB_LETTERS_PER_NETWORK = 1
    client.post(URL, typed(sender_address="a@example.ee"), REMOTE_ADDR="192.0.2.7")

    near = client.post(URL, typed(sender_address="b@example.ee"), REMOTE_ADDR="192.0.2.99")

    assert near.status_code == 422
    assert "192.0.2" not in WebLetter.objects.get().network_hash


def test_letters_through_our_proxy_count_by_whom_it_was_called(client, settings):
    settings.WEB_LETTERS_PER_NETWORK, settings.TRUSTED_PROXIES = 1, [ip_network("10.9.8.7")]

    def send(name, peer, forwarded):
        return client.post(
            URL,
            typed(sender_address=f"{name}@example.ee"),
            REMOTE_ADDR=peer,
            headers={"X-Forwarded-For": forwarded},
        ).status_code

    assert send("a", "10.9.8.7", "192.0.2.7") == 302
    assert send("b", "10.9.8.7", "198.51.100.7") == 302
    assert send("c", "10.9.8.7", "203.0.113.1, 192.0.2.99") == 422
    assert send("d", "203.0.113.50", "198.51.101.1") == 302
    assert send("e", "203.0.113.50", "198.51.102.1") == 422


def test_limit_passes_with_the_hour(settings):
    settings.WEB_LETTERS_PER_ADDRESS = 1
    written(at=MONDAY_TEN)
    with pytest.raises(TooManyLetters):
        written(at=MONDAY_TEN + dt.timedelta(minutes=59))

    written(at=MONDAY_TEN + dt.timedelta(minutes=61))

    assert WebLetter.objects.count() == 2


def written(*, at, key=None, **changes):
    fields = {
        "sender_name": "Mari",
        "sender_address": "mari@example.ee",
        "topic": None,
        "county": "",
        "subject": "Puurkaev",
        "text": "Kas luba on vaja?",
        "files": [],
        "language": "et",
        "network": "192.0.2.0/24",
    }
    return actions.write_web_letter(key=key or uuid.uuid4(), at=at, **{**fields, **changes})


def test_files_go_along_through_the_gate(client):
    files = [SimpleUploadedFile("kaart.png", PNG), SimpleUploadedFile("kiri.txt", b"Tere")]

    client.post(URL, typed(sent_files=files))
    client.post(link())

    assert sorted(file.original_name for file in Letter.objects.get().files.all()) == [
        "kaart.png",
        "kiri.txt",
    ]


@pytest.mark.parametrize(
    "files",
    [
        [SimpleUploadedFile("a.exe", b"MZ\x00\x01")],
        [SimpleUploadedFile(f"{n}.txt", b"Tere") for n in range(6)],
    ],
)
def test_file_that_may_not_come_in_is_refused_and_the_text_stays(client, files):
    answer = client.post(URL, typed(sent_files=files))

    assert answer.status_code == 422
    assert "Kas kaevule on luba vaja?" in answer.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("language", ["et", "en", "ru"])
def test_page_and_mail_speak_the_language_of_the_address(client, language):
    page = client.get(f"/ask/{language}/")
    client.post(f"/ask/{language}/", typed())

    assert f'<html lang="{language}"' in page.content.decode()
    assert page.headers["Content-Language"] == language
    assert OutgoingMail.objects.get().language == language


def test_page_has_the_policy_of_the_pages_inside(client):
    page = client.get(URL)

    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.content.decode()


def test_unconfirmed_letters_go_with_their_files(
    client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    client.post(URL, typed(sent_files=[SimpleUploadedFile("kaart.png", PNG)]))
    later = timezone.now() + dt.timedelta(days=8)

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_letters(at=timezone.now()) == 0
        assert actions.forget_letters(at=later) == 1

    assert not WebLetter.objects.exists()
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_letter_stays_when_its_receipt_goes(client):
    client.post(URL, typed(sent_files=[SimpleUploadedFile("kaart.png", PNG)]))
    client.post(link())

    actions.forget_letters(at=timezone.now() + dt.timedelta(days=40))

    assert not WebLetter.objects.exists()
    assert Letter.objects.get().files.count() == 1


@pytest.mark.parametrize("token", ["x", "a" * 300, "-_-"])
def test_unknown_link_is_told_kindly(client, token):
    assert client.get(f"/ask/confirm/{token}/").status_code == 410
    assert client.post(f"/ask/confirm/{token}/").status_code == 410


def test_page_costs_the_same_with_many_topics(client, django_assert_num_queries):
    TopicFactory.create_batch(5)

    with django_assert_num_queries(1):
        client.get(URL)


@pytest.mark.django_db(transaction=True)
def test_two_processes_confirm_a_letter_once(client):
    LegalTermFactory(kind="explanation", valid_from=dt.date(2020, 1, 1))
    client.post(URL, typed())
    token = link().split("/")[3]

    at_once(*[lambda: str(actions.confirm_web_letter(token=token, at=timezone.now()).key)] * 2)

    assert Inquiry.objects.count() == Letter.objects.count() == 1
