import datetime as dt
import hashlib

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from common.models import IncomingMail, Mailbox, StoredFile
from inquiries.models import SatisfactionQuestion, WebLetter
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory

RAW = (
    b"From: Uudiskiri <uudised@example.ee>\r\nSubject: Teie luba\r\nList-Id: <uudised.example.ee>\r\n"
    b"\r\nTere! Siin on uudised.\r\n"
)


class MailboxFactory(DjangoModelFactory):
    class Meta:
        model = Mailbox
        django_get_or_create = ("name",)

    name = "klienditugi@imap.example.ee/INBOX"
    read_at = MONDAY_TEN


class RawMailFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    class Params:
        content = RAW

    file = factory.LazyAttribute(lambda made: ContentFile(made.content, name="letter.eml"))
    original_name = "letter.eml"
    content_type = "message/rfc822"
    size = factory.LazyAttribute(lambda made: len(made.content))
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    stored_at = MONDAY_TEN


class IncomingMailFactory(DjangoModelFactory):
    """A mail as it came. Trait: `set_aside=True`."""

    class Meta:
        model = IncomingMail

    class Params:
        set_aside = factory.Trait(state="set_aside", reason="automatic")

    mailbox = factory.SubFactory(MailboxFactory)
    uid_validity = 1
    uid = factory.Sequence(lambda number: number + 1)
    raw = factory.SubFactory(RawMailFactory)
    size = factory.SelfAttribute("raw.size")
    received_at = MONDAY_TEN
    fetched_at = MONDAY_TEN
    due_at = MONDAY_TEN
    sender_address = "uudised@example.ee"
    subject = "Teie luba"


class WebLetterFactory(DjangoModelFactory):
    class Meta:
        model = WebLetter

    sender_address = "mari@example.ee"
    subject = "Puurkaev"
    text = "Kas kaevule on luba vaja?"
    language = "et"
    address_hash = "0" * 64
    written_at = MONDAY_TEN


class SatisfactionQuestionFactory(DjangoModelFactory):
    """Trait: `answered=True`."""

    class Meta:
        model = SatisfactionQuestion

    class Params:
        answered = factory.Trait(score=5, answered_at=MONDAY_TEN + dt.timedelta(days=1))

    inquiry = factory.SubFactory(InquiryFactory)
    language = "et"
    address_hash = "0" * 64
    asked_at = MONDAY_TEN
