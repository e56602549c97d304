import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.file_types import PDF
from common.uploads import check_upload
from inquiries import actions
from inquiries.models import Inquiry, Letter, LetterDirection
from inquiries.states import InquiryState
from inquiries.threads import new_token, thread_hash
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory, LetterFactory

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(hours=2)


def received(**changes):
    fields = {
        "channel": "email",
        "sender_name": "Mari Maasikas",
        "sender_address": "mari@example.ee",
        "subject": "Veeluba",
        "text": "Kas kaevule on luba vaja?",
        "files": [],
        "received_at": MONDAY_TEN,
        "message_id": "<1@example.ee>",
        "at": LATER,
    }
    return actions.receive_letter(**{**fields, **changes})


def answered(token, **fields):
    """A settled inquiry from which an answer left under the token."""
    inquiry = InquiryFactory(channel="email", **fields)
    LetterFactory(inquiry=inquiry, sender_address="mari@example.ee")
    LetterFactory(inquiry=inquiry, answer=True, recipient_address="mari@example.ee", token=token)
    return inquiry


def test_letter_becomes_an_inquiry_that_nobody_has_yet():
    letter = received()

    inquiry = letter.inquiry
    assert inquiry.state == InquiryState.RECEIVED
    assert (inquiry.agent, inquiry.responsible, inquiry.outcome) == (None, None, "")
    assert inquiry.number.startswith("P-2026-")
    assert inquiry.question == "Veeluba\n\nKas kaevule on luba vaja?"
    assert (inquiry.legal_kind, str(inquiry.answer_by)) == ("explanation", "2026-12-01")
    assert inquiry.started_at == MONDAY_TEN
    assert inquiry.history.get().history_change_reason == "received"
    assert (letter.direction, letter.sender_address) == (LetterDirection.IN, "mari@example.ee")


def test_same_message_is_received_once():
    first = received()

    again = received(text="changed on its way")

    assert again == first
    assert Inquiry.objects.count() == Letter.objects.count() == 1


def test_message_ids_longer_than_the_column_are_told_apart():
    received(message_id=f"<{'a' * 400}1@example.ee>")
    received(message_id=f"<{'a' * 400}2@example.ee>")
    received(message_id=f"<{'a' * 400}2@example.ee>")

    assert Letter.objects.count() == 2


def test_reply_from_a_known_address_joins_its_thread_and_reopens_it():
    token = new_token()
    inquiry = answered(token, closed=True)

    letter = received(in_reply_to_token=token.upper(), sender_address="Mari@Example.ee")

    inquiry.refresh_from_db()
    assert letter.inquiry == inquiry
    assert inquiry.state == InquiryState.REOPENED
    assert inquiry.responsible == inquiry.agent
    assert Inquiry.objects.count() == 1


def test_strangers_letter_with_a_token_of_ours_is_an_inquiry_of_its_own():
    token = new_token()
    inquiry = answered(token, closed=True)

    letter = received(in_reply_to_token=token, sender_address="voras@example.com")

    inquiry.refresh_from_db()
    assert letter.inquiry != inquiry
    assert letter.inquiry.mentions == inquiry
    assert inquiry.state == InquiryState.CLOSED
    assert inquiry.letters.count() == 2


def test_token_that_we_never_gave_begins_a_new_inquiry():
    answered(new_token())

    letter = received(in_reply_to_token=new_token())

    assert letter.inquiry.mentions is None
    assert letter.inquiry.state == InquiryState.RECEIVED


def test_unit_that_was_asked_is_a_stranger_to_the_clients_thread():
    token = new_token()
    inquiry = answered(token)
    LetterFactory(inquiry=inquiry, to_unit=True, recipient_address="juht@agency.example")

    letter = received(in_reply_to_token=token, sender_address="juht@agency.example")

    assert letter.inquiry != inquiry


def test_reply_about_an_open_matter_leaves_its_state():
    token = new_token()
    inquiry = answered(token, with_unit=True)

    letter = received(in_reply_to_token=token)

    inquiry.refresh_from_db()
    assert (letter.inquiry, inquiry.state) == (inquiry, InquiryState.WITH_UNIT)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Как получить разрешение?", "ru"), ("Kuidas saada luba?", "et"), ("", "et")],
)
def test_language_is_told_by_the_letters(text, language):
    assert received(text=text, subject="").language == language


def test_files_are_kept_with_the_letter():
    file = SimpleUploadedFile("kaart.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n")

    letter = received(files=[check_upload(file, allowed={PDF})])

    assert [file.content_type for file in letter.files.all()] == [PDF]


def test_token_is_not_kept():
    token = new_token()
    answered(token)

    assert not Letter.objects.filter(thread_hash=token).exists()
    assert Letter.objects.get(thread_hash=thread_hash(token)).direction == LetterDirection.OUT


def test_letter_from_the_future_was_received_now():
    letter = received(received_at=LATER + dt.timedelta(days=3))

    assert letter.at == LATER
