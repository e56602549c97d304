"""The mailbox on a real IMAP server: what comes is kept before anything else, and filed once."""

import datetime as dt
import logging
import sys
import time
from collections import Counter

import pytest
from django.utils import timezone

from common import actions as common_actions
from common.gateways import imap
from common.mail_states import AsideReason, IncomingState, MailState
from common.models import Event, IncomingMail, Mailbox, OutgoingMail, StoredFile
from common.states import MoveNotAllowed
from inquiries import actions, tasks
from inquiries.models import Inquiry, Letter
from inquiries.threads import new_token, reply_address
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory, LegalTermFactory, LetterFactory
from tests.standins.hostile_mail import (
    MAKERS,
    PNG,
    attachments,
    borrowed_message_id,
    head,
    hostile_letters,
    html_injection,
    marker,
    nested,
    plain,
    report,
    with_type,
)
from tests.standins.imap import DOVECOT, imap_server
from tests.two_processes import at_once

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(DOVECOT is None, reason="needs Dovecot (apt-get install dovecot-imapd)"),
]
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def mailbox(settings, tmp_path):
    with imap_server() as running:
        settings.IMAP_URL = running.url
        settings.IMAP_TIMEOUT_SECONDS = 5
        settings.MEDIA_ROOT = tmp_path
        yield running


def read(at=None):
    """Read the mailbox and file what came, as the worker does."""
    at = at or timezone.now()
    for mail_id in common_actions.read_mailbox(at=at):
        tasks.file_mail(mail_id=mail_id)


def kept():
    return IncomingMail.objects.get()


def test_letter_becomes_an_inquiry_and_leaves_the_mailbox(mailbox):
    mailbox.deliver(plain(1, None))

    read()

    letter = Letter.objects.get()
    mail = kept()
    assert letter.inquiry.state == "received"
    assert letter.subject == f"Kiri {marker(1)}"
    assert letter.text.startswith("Tere! Kas kaevule")
    assert (letter.sender_name, letter.sender_address) == ("Saatja 1", "saatja1@example.ee")
    assert (letter.channel, letter.language, letter.message_id) == (
        "email",
        "et",
        "<hostile.1@example.ee>",
    )
    assert letter.at == mail.received_at
    assert (mail.state, mail.about_type, mail.about_id) == (
        "filed",
        "inquiries.letter",
        str(letter.pk),
    )
    assert mail.content() == plain(1, None)
    assert (mailbox.count(), mailbox.count("Servicedesk")) == (0, 1)


def test_without_a_mailbox_nothing_is_read(settings):
    settings.IMAP_URL = ""

    assert actions.read_mailbox(at=NOON) == 0
    assert not Mailbox.objects.exists()


def test_password_is_not_kept_with_the_mailbox(mailbox):
    read()

    assert Mailbox.objects.get().name == "klienditugi@127.0.0.1/INBOX"


def test_same_letter_by_two_ways_is_one_inquiry(mailbox):
    mailbox.deliver(plain(1, None), b"Received: from elsewhere\r\n" + plain(1, None))

    read()

    assert Letter.objects.count() == 1
    assert set(IncomingMail.objects.values_list("state", "about_id")) == {
        ("filed", str(Letter.objects.get().pk))
    }


def test_strangers_letter_under_a_known_message_id_is_not_swallowed(mailbox):
    mailbox.deliver(plain(0, None), borrowed_message_id(7, None))

    read()

    assert Letter.objects.count() == Inquiry.objects.count() == 2


def killed(*arguments, **changes):
    raise SystemExit(9)


@pytest.mark.parametrize("moment", ["before the row", "before it is moved", "before it is filed"])
def test_worker_killed_at_any_moment_loses_and_doubles_nothing(mailbox, monkeypatch, moment):
    mailbox.deliver(plain(1, None), plain(2, None))
    where, what = {
        "before the row": (sys.modules["common.actions.read_mailbox"], "_keep"),
        "before it is moved": (imap.OpenMailbox, "file_away"),
        "before it is filed": (sys.modules["inquiries.actions.file_mail"], "_settle"),
    }[moment]
    with monkeypatch.context() as patch:
        patch.setattr(where, what, killed)
        with pytest.raises(SystemExit):
            read()
    later = timezone.now() + dt.timedelta(minutes=20)  # the turn of the killed one has run out

    read(later)
    monkeypatch.setattr(tasks.file_mail, "delay", lambda **ids: tasks.file_mail(**ids))
    actions.file_waiting_mail(at=later)

    assert sorted(Letter.objects.values_list("subject", flat=True)) == [
        f"Kiri {marker(1)}",
        f"Kiri {marker(2)}",
    ]
    assert IncomingMail.objects.filter(state="filed").count() == IncomingMail.objects.count() == 2
    assert mailbox.count() == 0


def test_wire_cut_in_the_middle_of_a_letter_loses_nothing(mailbox):
    mailbox.deliver(plain(1, None), with_type(2, "text/plain", b"x" * 300_000), plain(3, None))
    mailbox.wire.fault, mailbox.wire.bytes_left = "cut", 100_000

    read(NOON)

    box = Mailbox.objects.get()
    assert box.trouble
    assert (box.trouble_since, box.leased_until, box.read_at) == (NOON, None, None)
    assert IncomingMail.objects.count() == 1

    mailbox.wire.fault = ""
    read(NOON + MINUTE)

    box.refresh_from_db()
    assert (box.trouble, box.trouble_since, box.read_at) == ("", None, NOON + MINUTE)
    assert Letter.objects.count() == 3
    assert mailbox.count() == 0


def test_letter_that_breaks_the_wire_does_not_stand_in_the_way_of_the_rest(mailbox, monkeypatch):
    mailbox.deliver(plain(1, None), plain(2, None), plain(3, None))
    fetch = imap.OpenMailbox.fetch

    def breaks_at_the_first(server, uid, *, longest):
        if uid == 1:
            raise imap.MailboxUnavailable("ProtocolError")
        return fetch(server, uid, longest=longest)

    monkeypatch.setattr(imap.OpenMailbox, "fetch", breaks_at_the_first)

    read(NOON)
    read(NOON + MINUTE)

    assert Letter.objects.count() == 2
    assert Mailbox.objects.get().trouble == "ProtocolError"


def test_letter_that_the_server_will_not_move_does_not_stand_in_the_way_of_the_rest(
    mailbox, monkeypatch
):
    monkeypatch.setattr(sys.modules["common.actions.read_mailbox"], "AT_ONCE", 2)
    mailbox.deliver(plain(1, None), plain(2, None), plain(3, None))
    move = imap.OpenMailbox.file_away

    def refuses_the_first(server, uids):
        if 1 in uids:
            raise imap.LetterNotMoved("IMAPClientError")
        move(server, uids)

    monkeypatch.setattr(imap.OpenMailbox, "file_away", refuses_the_first)

    read(NOON)
    read(NOON + MINUTE)

    assert Letter.objects.count() == 3
    assert mailbox.count() == 1
    assert Mailbox.objects.get().trouble == "IMAPClientError"


@pytest.mark.parametrize("moment", ["fetch", "file_away"])
def test_letter_that_somebody_takes_out_meanwhile_leaves_the_rest(mailbox, monkeypatch, moment):
    mailbox.deliver(plain(1, None), plain(2, None))
    does = getattr(imap.OpenMailbox, moment)

    def after_it_is_gone(server, which, **how):
        if which in (1, [1, 2]):
            with mailbox.connected() as somebody:
                somebody.select_folder("INBOX")
                somebody.delete_messages([1])
                somebody.expunge()
        return does(server, which, **how)

    monkeypatch.setattr(imap.OpenMailbox, moment, after_it_is_gone)

    read(NOON)
    read(NOON + MINUTE)

    assert Letter.objects.count() == (1 if moment == "fetch" else 2)
    assert Mailbox.objects.get().trouble == ""
    assert mailbox.count() == 0


def test_folder_that_takes_no_letter_keeps_none_from_being_read(mailbox, settings):
    mailbox.deliver(plain(1, None), plain(2, None))
    with mailbox.connected() as somebody:
        somebody.create_folder("Servicedesk")
        folder = mailbox.folder / "mail" / ".Servicedesk"
        folder.chmod(0o500)

        read(NOON)

    folder.chmod(0o755)
    assert Letter.objects.count() == 2
    assert Mailbox.objects.get().trouble
    read(NOON + MINUTE)
    assert Mailbox.objects.get().trouble == ""
    assert mailbox.count() == 0


def test_letter_dated_before_the_law_that_we_know_is_registered_today(mailbox):
    with mailbox.connected() as somebody:
        somebody.append("INBOX", plain(1, None), msg_time=dt.datetime(1990, 1, 1, tzinfo=dt.UTC))

    read()

    assert Letter.objects.get().inquiry.registered_on == timezone.localdate()


@pytest.mark.parametrize("fault", ["refuse", "silent", "slow"])
def test_mailbox_that_cannot_be_reached_is_told_and_tried_again(mailbox, settings, fault):
    settings.IMAP_TIMEOUT_SECONDS = 1
    mailbox.deliver(plain(1, None))
    mailbox.wire.fault = fault

    began = time.monotonic()
    read(NOON)
    read(NOON + MINUTE)

    box = Mailbox.objects.get()
    assert time.monotonic() - began < 15
    assert (box.trouble_since, box.tried_at, box.read_at) == (NOON, NOON + MINUTE, None)
    assert box.failures == 2
    assert not IncomingMail.objects.exists()

    mailbox.wire.fault = ""
    read(NOON + 2 * MINUTE)
    assert Letter.objects.count() == 1
    assert Mailbox.objects.get().failures == 0


def test_library_tells_the_log_nothing_of_a_letter(mailbox, caplog):
    mailbox.deliver(plain(1, None))

    with caplog.at_level(logging.DEBUG):
        read()

    assert Letter.objects.count() == 1
    assert [record for record in caplog.records if record.name.startswith("imap")] == []
    assert marker(1) not in caplog.text
    assert "saatja1@example.ee" not in caplog.text


def test_wrong_password_is_told(mailbox, settings):
    settings.IMAP_URL = mailbox.url.replace("secret", "wrong")

    read(NOON)

    assert Mailbox.objects.get().trouble == "LoginError"


def test_server_that_numbers_its_letters_anew_doubles_nothing(mailbox, monkeypatch):
    mailbox.deliver(plain(1, None), plain(2, None))
    with monkeypatch.context() as patch:
        patch.setattr(imap.OpenMailbox, "file_away", lambda server, uids: None)
        read()
    assert mailbox.count() == 2
    mailbox.renumber()
    mailbox.deliver(plain(3, None))

    read()

    assert sorted(Letter.objects.values_list("subject", flat=True)) == [
        f"Kiri {marker(number)}" for number in (1, 2, 3)
    ]
    assert IncomingMail.objects.count() == 3
    assert mailbox.count() == 0


def test_more_letters_than_one_reading_takes_are_read_in_turn(mailbox, monkeypatch):
    monkeypatch.setattr(sys.modules["common.actions.read_mailbox"], "AT_ONCE", 2)
    mailbox.deliver(*(plain(number, None) for number in range(3)))

    read()
    assert Letter.objects.count() == 2
    read()
    assert Letter.objects.count() == 3


def test_letter_too_large_is_set_aside_with_its_head(mailbox, settings):
    settings.MAIL_MAX_BYTES = 100_000
    mailbox.deliver(with_type(1, "text/plain", b"x" * 200_000))

    read()

    mail = kept()
    assert (mail.state, mail.reason) == ("set_aside", AsideReason.TOO_LARGE)
    assert mail.subject == f"Kiri {marker(1)}"
    assert mail.size > 200_000 > len(mail.content())
    assert mailbox.count("Servicedesk") == 1


def test_fifty_megabytes_are_taken_in(mailbox):
    line = b"x" * 76 + b"\r\n"
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nsuur kiri\r\n--b\r\nContent-Type: application/pdf; "
        b"name=suur.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    mailbox.deliver(with_type(1, "multipart/mixed; boundary=b", body + line * 640_000 + b"--b--"))

    read()

    assert Letter.objects.get().text == "suur kiri"
    assert [(file["name"], file["code"]) for file in kept().refused_files] == [
        ("suur.pdf", "upload_too_large")
    ]


SIGNED_MAIL = (
    b"--b\r\nContent-Type: text/plain\r\n\r\nKas tohib?\r\n"
    b"--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
    b"Content-Disposition: attachment; filename=smime.p7s\r\n\r\n0\x82\x01\r\n"
    b"--b\r\nContent-Type: application/pgp-signature; name=signature.asc\r\n"
    b"Content-Disposition: attachment; filename=signature.asc\r\n\r\n-----BEGIN PGP\r\n--b--"
)


def test_signature_of_a_signed_mail_is_no_file_that_was_refused(mailbox):
    mailbox.deliver(with_type(1, "multipart/signed; boundary=b", SIGNED_MAIL))

    read()

    letter = Letter.objects.get()
    assert (letter.text, letter.files.count(), kept().refused_files) == ("Kas tohib?", 0, [])
    assert b"smime.p7s" in kept().content()  # it stays with the mail


def test_files_pass_the_gate_and_those_that_do_not_are_named(mailbox):
    mailbox.deliver(attachments(1, None))

    read()

    assert [file.original_name for file in Letter.objects.get().files.all()] == ["kaart.png"]
    refused = kept().refused_files
    assert [file["code"] for file in refused] == [
        "upload_of_wrong_type",
        "upload_name_misleads",
        "upload_of_wrong_type",
        "upload_broken",
        "upload_broken",
    ]
    assert [file["name"] for file in refused][:3] == [
        "..\\..\\evil.exe",
        "gpj.exe.png",
        "winmail.dat",
    ]


def test_long_text_stands_cut_with_the_whole_beside_it(mailbox):
    mailbox.deliver(with_type(1, "text/plain", b"tere hommikust " * 3_000))

    read()

    [file] = Letter.objects.get().files.all()
    assert (file.original_name, file.content_type) == ("kiri.txt", "text/plain")
    assert file.size == 44_999


def answered(token, mail=None):
    inquiry = InquiryFactory(channel="email")
    LetterFactory(inquiry=inquiry, sender_address="saatja1@example.ee")
    letter = LetterFactory(
        inquiry=inquiry,
        answer=True,
        recipient_address="saatja1@example.ee",
        token=token,
        mail=mail,
        message_id=mail.message_id if mail else "",
    )
    return inquiry, letter


def test_reply_joins_its_thread_by_the_address_it_was_sent_to(mailbox):
    token = new_token()
    inquiry, _letter = answered(token)
    mailbox.deliver(head(1, To=reply_address(token)) + b"\r\nAitah")

    read()

    assert inquiry.letters.filter(direction="in").count() == 2


def test_stranger_with_a_stolen_token_is_not_merged(mailbox):
    token = new_token()
    inquiry, _letter = answered(token)
    mailbox.deliver(head(2, sender="voras@example.com", To=reply_address(token)) + b"\r\nMina ka")

    read()

    inquiry.refresh_from_db()
    assert inquiry.letters.filter(direction="in").count() == 1
    assert Inquiry.objects.get(mentions=inquiry).letters.get().sender_address == "voras@example.com"


def sent_mail():
    return common_actions.queue_mail(
        key="answer:1",
        to="saatja1@example.ee",
        subject="Vastus",
        text="Tere",
        language="et",
        at=NOON,
    )


def test_bounce_marks_the_letter_that_came_back(mailbox):
    mail = sent_mail()
    OutgoingMail.objects.update(state=MailState.SENT, sent_at=NOON)
    inquiry, letter = answered(new_token(), mail=mail)
    mailbox.deliver(report(1, mail.message_id))

    read()

    mail.refresh_from_db()
    letter.refresh_from_db()
    assert (mail.state, mail.sent_at) == (MailState.RETURNED, NOON)
    assert letter.bounced_at is not None
    assert letter.bounce_reason == "5.1.1 smtp; 550 5.1.1 no such mailbox"
    assert (kept().state, kept().about_type) == (IncomingState.NOTED, "common.outgoingmail")
    assert [
        (event.kind, event.to_user_id) for event in Event.objects.filter(kind="letter-bounced")
    ] == [("letter-bounced", inquiry.responsible_id)]
    assert Letter.objects.filter(direction="in").count() == 1


def test_returned_letter_can_be_sent_again(mailbox):
    mail = sent_mail()
    OutgoingMail.objects.update(state=MailState.SENT, sent_at=NOON)
    mailbox.deliver(report(1, mail.message_id))
    read()
    mail.refresh_from_db()

    mail = common_actions.send_mail_again(mail=mail, at=NOON)

    assert (mail.state, mail.sent_at) == (MailState.QUEUED, None)


def test_delay_leaves_the_letter_sent(mailbox):
    mail = sent_mail()
    OutgoingMail.objects.update(state=MailState.SENT, sent_at=NOON)
    mailbox.deliver(report(1, mail.message_id, action="delayed", status="4.4.1"))

    read()

    mail.refresh_from_db()
    assert (mail.state, kept().state) == (MailState.SENT, IncomingState.NOTED)


def test_bounce_of_a_letter_that_is_not_ours_is_set_aside(mailbox):
    mailbox.deliver(report(1, "<never@sent.ee>"))

    read()

    assert (kept().state, kept().reason) == ("set_aside", AsideReason.BOUNCE)


def test_automatic_reply_to_our_letter_is_noted_and_opens_nothing(mailbox):
    mail = sent_mail()
    inquiry, _letter = answered(new_token(), mail=mail)
    away = {"Auto-Submitted": "auto-replied", "In-Reply-To": mail.message_id}
    mailbox.deliver(head(1, **away) + b"\r\nOlen puhkusel.")

    read()

    inquiry.refresh_from_db()
    assert (kept().state, kept().about_id) == (IncomingState.NOTED, str(mail.pk))
    assert (Inquiry.objects.count(), inquiry.state) == (1, "solved")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied"}, AsideReason.AUTO_REPLY),
        ({"List-Id": "<x.ee>"}, AsideReason.AUTOMATIC),
        ({"Precedence": "bulk"}, AsideReason.AUTOMATIC),
        ({"Return-Path": "<>"}, AsideReason.AUTOMATIC),
    ],
)
def test_what_a_program_sent_is_set_aside_and_never_answered(mailbox, headers, reason):
    mailbox.deliver(head(1, **headers) + b"\r\nrobot")

    read()

    assert (kept().state, kept().reason) == ("set_aside", reason)
    assert not Inquiry.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_our_own_letter_that_comes_round_is_set_aside(mailbox):
    mail = sent_mail()
    mailbox.deliver(head(1, **{"Message-ID": mail.message_id}) + b"\r\ntere")

    read()

    assert kept().reason == AsideReason.OWN


def test_person_files_what_was_set_aside(mailbox):
    mailbox.deliver(head(1, **{"List-Id": "<x.ee>"}) + b"\r\nPalun vastake")
    read()
    clerk = UserFactory(role="coordinator")

    mail = actions.file_mail(mail=kept(), by=clerk, at=NOON)

    assert (mail.state, mail.settled_by, mail.reason) == (IncomingState.FILED, clerk, "")
    assert Letter.objects.get().text == "Palun vastake"
    with pytest.raises(MoveNotAllowed):
        actions.file_mail(mail=kept(), by=clerk, at=NOON)
    assert Letter.objects.count() == 1


def test_what_cannot_be_read_stays_aside_also_for_a_person(mailbox):
    mailbox.deliver(nested(1_000)(1, None))
    read()

    mail = actions.file_mail(mail=kept(), by=UserFactory(role="coordinator"), at=NOON)

    assert (mail.state, mail.reason) == (IncomingState.SET_ASIDE, AsideReason.TANGLED)


def test_person_says_that_it_is_not_for_us(mailbox):
    mailbox.deliver(head(1, **{"List-Id": "<x.ee>"}) + b"\r\nreklaam")
    read()
    clerk = UserFactory(role="coordinator")

    actions.dismiss_mail(mail=kept(), by=clerk, at=NOON)

    assert (kept().state, kept().settled_by) == (IncomingState.DISMISSED, clerk)
    with pytest.raises(MoveNotAllowed):
        actions.dismiss_mail(mail=kept(), by=clerk, at=NOON)


def test_mail_that_kills_its_worker_is_set_aside_in_the_end(mailbox, monkeypatch):
    mailbox.deliver(plain(1, None))
    monkeypatch.setattr(sys.modules["inquiries.actions.file_mail"], "read_letter", killed)
    [mail_id] = common_actions.read_mailbox(at=NOON)

    for _try in range(3):
        with pytest.raises(SystemExit):
            tasks.file_mail(mail_id=mail_id)
    tasks.file_mail(mail_id=mail_id)

    assert (kept().state, kept().reason) == ("set_aside", AsideReason.TRIED_IN_VAIN)


def test_sweep_takes_up_only_what_has_waited(mailbox, monkeypatch):
    mailbox.deliver(plain(1, None))
    hurried = []
    monkeypatch.setattr(tasks.file_mail, "delay", lambda **ids: hurried.append(ids["mail_id"]))

    assert actions.read_mailbox(at=NOON) == 1
    assert actions.file_waiting_mail(at=NOON + MINUTE) == 0
    assert actions.file_waiting_mail(at=NOON + 3 * MINUTE) == 1
    assert hurried == [kept().pk] * 2


@pytest.fixture
def legal_term():
    """A test that commits for real finds the tables empty."""
    LegalTermFactory(kind="explanation", valid_from=dt.date(2020, 1, 1))


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_keep_and_file_each_letter_once(mailbox, legal_term):
    mailbox.deliver(*(plain(number, None) for number in range(6)))

    at_once(read, read)
    read(timezone.now() + dt.timedelta(minutes=20))

    assert IncomingMail.objects.count() == Letter.objects.count() == 6
    assert StoredFile.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_file_a_mail_once(mailbox, legal_term):
    mailbox.deliver(attachments(1, None))
    [mail_id] = common_actions.read_mailbox(at=NOON)

    at_once(*[lambda: tasks.file_mail(mail_id=mail_id)] * 3)

    assert Letter.objects.count() == Inquiry.objects.count() == 1


def test_words_of_a_letter_stay_words(mailbox):
    mailbox.deliver(html_injection(1, None))

    read()

    assert Letter.objects.get().text == '"><script>alert(1)</script>{{ 7|add:7 }}{% load x %}'


def deliver_hostile(mailbox, count):
    """Deliver, read until nothing is left, and give what was expected of each.

    By a few hundred at once, as no more than that lie in a mailbox that is read every minute: with
    thousands in one folder the time is that of the mail server.
    """
    expected = {}
    for number, raw, becomes in hostile_letters(count):
        expected[number] = becomes
        mailbox.deliver(raw)
        if number % 400 == 399 or number == count - 1:
            while mailbox.count():
                read()
    return expected


def check_inbox(expected):
    mails = IncomingMail.objects.order_by("uid")
    assert mails.count() == len(expected)
    assert not mails.filter(state=IncomingState.RECEIVED).exists()
    states = dict(zip(sorted(expected), mails.values_list("state", flat=True), strict=True))
    wrong = {
        number: states[number]
        for number, becomes in expected.items()
        if becomes != "either"
        and states[number] != {"letter": "filed", "aside": "set_aside"}[becomes]
    }
    assert wrong == {}
    subjects = list(Letter.objects.values_list("subject", flat=True))
    for number, becomes in expected.items():
        if becomes == "letter":
            assert sum(marker(number) in subject for subject in subjects) == 1
    assert Letter.objects.count() == Inquiry.objects.count() == mails.filter(state="filed").count()
    assert not OutgoingMail.objects.exists()


def what_became():
    """Of each kind of hostile letter, how many ended how."""
    makers, ends = list(MAKERS), IncomingMail.objects.order_by("uid").values_list("state", "reason")
    counted = Counter(
        (makers[number % len(makers)].__name__, state, reason)
        for number, (state, reason) in enumerate(ends)
    )
    return "\n".join(
        f"{kind}: {state} {reason} {times}"
        for (kind, state, reason), times in sorted(counted.items())
    )


def test_hostile_letters_leave_the_reader_alive_and_the_inbox_right(mailbox):
    check_inbox(deliver_hostile(mailbox, 7 * len(MAKERS)))


@pytest.mark.long
def test_ten_thousand_hostile_letters_leave_the_reader_alive_and_the_inbox_right(mailbox):
    began = time.monotonic()

    expected = deliver_hostile(mailbox, 10_000)

    seconds = time.monotonic() - began
    states = {
        state: IncomingMail.objects.filter(state=state).count() for state in IncomingState.values
    }
    sys.stdout.write(f"10,000 hostile letters in {seconds:.0f} s: {states}\n{what_became()}\n")
    check_inbox(expected)


def test_picture_in_a_letter_is_kept_as_it_is(mailbox):
    mailbox.deliver(attachments(1, None))

    read()

    [file] = Letter.objects.get().files.all()
    with file.file.open() as content:
        assert content.read() == PNG
