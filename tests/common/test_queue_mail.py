import datetime as dt

import pytest

from common import actions
from common.actions import MailAttachment
from common.mail_states import MailState
from common.models import NumberSeries, OutgoingMail

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LETTER = {
    "key": "welcome-1",
    "to": "mari@example.ee",
    "subject": "Tere",
    "text": "Tere tulemast!",
    "language": "et",
    "at": NOON,
}

pytestmark = pytest.mark.django_db


def test_letter_waits_in_the_outbox_with_its_files():
    about = NumberSeries.objects.create(series="P", year=2026)

    mail = actions.queue_mail(
        **LETTER, about=about, attachments=[MailAttachment("a.pdf", "application/pdf", b"%PDF")]
    )

    assert (mail.state, mail.due_at, mail.attempts) == (MailState.QUEUED, NOON, 0)
    assert [bytes(file.content) for file in mail.attachments.all()] == [b"%PDF"]
    assert list(OutgoingMail.objects.about(about)) == [mail]


def test_the_same_letter_is_queued_once():
    first = actions.queue_mail(**LETTER)

    again = actions.queue_mail(**{**LETTER, "text": "Another text"})

    assert again.pk == first.pk
    assert OutgoingMail.objects.get().text == "Tere tulemast!"


def test_a_broken_subject_line_cannot_add_headers():
    mail = actions.queue_mail(**{**LETTER, "subject": "Tere\r\nBcc: all@example.ee"})

    assert mail.subject == "Tere Bcc: all@example.ee"


def test_worker_is_hurried_only_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        actions.queue_mail(**LETTER)

    assert len(later) == 1
