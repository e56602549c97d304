import datetime as dt
import sys

import pytest
from django.utils import translation

from common import actions, tasks
from common.actions import MailAttachment
from common.actions.send_mail import LEASE, MOST_ATTEMPTS
from common.mail_states import MailState
from common.models import OutgoingMail
from common.states import MoveNotAllowed
from tests.standins.smtp import free_port, mail_server
from tests.two_processes import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 1
        yield running


def queued(key="k", **changes):
    letter = {
        "to": "mari@example.ee",
        "subject": "Õigused on antud",
        "text": "Tere!\n\nÕigused on antud. Доступ открыт.",
        "language": "et",
        "at": NOON,
    }
    return actions.queue_mail(key=key, **{**letter, **changes})


def test_letter_reaches_the_server_whole(server):
    mail = queued(
        attachments=[MailAttachment("leping õ.pdf", "application/pdf", b"%PDF\x00\xff")],
        reply_to="klienditugi@example.ee",
    )

    assert actions.send_mail(mail_id=mail.pk, at=NOON)

    mail.refresh_from_db()
    [letter] = server.letters
    assert (mail.state, mail.sent_at, mail.leased_until) == (MailState.SENT, NOON, None)
    assert letter["Message-ID"] == mail.message_id
    assert (letter["To"], letter["Subject"]) == ("mari@example.ee", "Õigused on antud")
    assert letter["Reply-To"] == "klienditugi@example.ee"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Доступ открыт." in letter.get_body().get_content()
    [file] = letter.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("leping õ.pdf", b"%PDF\x00\xff")


def test_what_a_person_wrote_does_not_say_that_a_machine_made_it(server):
    mail = queued(is_written_by_person=True)

    actions.send_mail(mail_id=mail.pk, at=NOON)

    [letter] = server.letters
    assert "Auto-Submitted" not in letter


def test_letter_is_sent_once_however_often_it_is_hurried(server):
    mail = queued()

    for _ in range(3):
        tasks.send_mail(mail_id=mail.pk)

    assert len(server.letters) == 1


def test_without_a_mail_server_it_waits_and_says_so(settings):
    settings.EMAIL_HOST = ""
    mail = queued()

    assert not actions.send_mail(mail_id=mail.pk, at=NOON)
    assert actions.send_due_mail(at=NOON) == 0

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
    with translation.override("en"):
        assert mail.state_in_words() == "Waiting: no mail server has been set up"


def test_server_that_is_down_puts_the_letter_off_longer_each_time(server, settings):
    settings.EMAIL_PORT = free_port()
    mail, at, waits = queued(), NOON, []

    for _ in range(4):
        actions.send_mail(mail_id=mail.pk, at=at)
        mail.refresh_from_db()
        waits.append((mail.due_at - at) / dt.timedelta(minutes=1))
        at = mail.due_at

    assert waits == [1, 2, 4, 8]
    assert (mail.state, mail.last_error) == (MailState.QUEUED, "ConnectionRefusedError")


@pytest.mark.parametrize("fault", ["temporary", "slow"])
def test_passing_trouble_is_tried_again_and_overcome(server, fault):
    server.fault = fault
    mail = queued()
    assert not actions.send_mail(mail_id=mail.pk, at=NOON)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED
    assert not actions.send_mail(mail_id=mail.pk, at=NOON)  # not before its time

    server.fault = ""
    assert actions.send_mail(mail_id=mail.pk, at=mail.due_at)


def test_refused_letter_is_not_tried_again_and_stays_visible(server):
    server.fault = "permanent"
    mail = queued()

    actions.send_mail(mail_id=mail.pk, at=NOON)
    actions.send_mail(mail_id=mail.pk, at=NOON + dt.timedelta(days=1))

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, server.tries) == (MailState.FAILED, 1, 1)
    assert mail.last_error == "550 recipient refused"


def test_trouble_without_end_ends_as_failed(server):
    server.fault = "temporary"
    mail = queued()

    for _ in range(MOST_ATTEMPTS + 2):
        actions.send_mail(mail_id=mail.pk, at=mail.due_at)
        mail.refresh_from_db()

    assert (mail.state, mail.attempts) == (MailState.FAILED, MOST_ATTEMPTS)


def test_failed_letter_can_be_sent_again_and_a_sent_one_cannot(server):
    server.fault = "permanent"
    mail = queued()
    actions.send_mail(mail_id=mail.pk, at=NOON)
    server.fault = ""

    mail = actions.send_mail_again(mail=mail, at=NOON)

    assert actions.send_mail(mail_id=mail.pk, at=NOON)
    with pytest.raises(MoveNotAllowed):
        actions.send_mail_again(mail=mail, at=NOON)


def killed(*arguments, **changes):
    raise SystemExit(9)


@pytest.mark.parametrize("moment", ["server hung up", "worker killed"])
def test_letter_of_unknown_fate_goes_again_under_the_same_message_id(server, monkeypatch, moment):
    mail = queued()
    if moment == "server hung up":
        server.fault = "drop"
        actions.send_mail(mail_id=mail.pk, at=NOON)
    else:
        with monkeypatch.context() as patch:
            patch.setattr(sys.modules["common.actions.send_mail"], "_finish", killed)
            with pytest.raises(SystemExit):
                actions.send_mail(mail_id=mail.pk, at=NOON)
    server.fault = ""
    mail.refresh_from_db()
    assert mail.state != MailState.SENT

    assert actions.send_mail(mail_id=mail.pk, at=NOON + LEASE + dt.timedelta(seconds=1))

    assert [letter["Message-ID"] for letter in server.letters] == [mail.message_id] * 2


def test_letter_held_by_one_worker_is_not_taken_by_another(server):
    mail = queued()
    OutgoingMail.objects.update(state=MailState.SENDING, leased_until=NOON + LEASE)

    assert not actions.send_mail(mail_id=mail.pk, at=NOON)
    assert server.letters == []


def test_sweep_finds_what_is_due_and_what_was_dropped(server, monkeypatch):
    dropped, due, later, sent = (queued(key) for key in ("dropped", "due", "later", "sent"))
    ids = OutgoingMail.objects.filter
    ids(pk=dropped.pk).update(state=MailState.SENDING, leased_until=NOON - LEASE)
    ids(pk=later.pk).update(due_at=NOON + LEASE)
    ids(pk=sent.pk).update(state=MailState.SENT, sent_at=NOON)
    hurried = []
    monkeypatch.setattr(tasks.send_mail, "delay", lambda **ids: hurried.append(ids["mail_id"]))

    assert actions.send_due_mail(at=NOON) == 2
    assert sorted(hurried) == sorted([dropped.pk, due.pk])


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once(server):
    mail = queued()

    sent = at_once(*[lambda: actions.send_mail(mail_id=mail.pk, at=NOON)] * 3)

    assert sorted(sent) == [False, False, True]
    assert len(server.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_queue_a_letter_once():
    first, second = at_once(*[lambda: queued("same").pk] * 2)

    assert first == second
