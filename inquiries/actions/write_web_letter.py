import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from common.actions import issue_external_link, queue_mail, store_file
from common.encryption import lookup_hash
from common.one_at_a_time import one_at_a_time
from common.uploads import CheckedUpload
from inquiries.models import WebLetter
from inquiries.refusals import TooManyLetters
from inquiries.typed import as_text
from knowledge.models import Topic

PURPOSE = "inquiries.confirm_letter"
VALID_FOR = timedelta(days=3)
WINDOW = timedelta(hours=1)


def write_web_letter(
    *,
    key: uuid.UUID,
    sender_name: str,
    sender_address: str,
    topic: Topic | None,
    county: str,
    subject: str,
    text: str,
    files: Sequence[CheckedUpload],
    language: str,
    network: str,
    at: datetime,
) -> WebLetter:
    """Somebody has written on the public page.

    1. What comes from one network or goes to one address is taken one at a time.
    2. The same form sent twice is one letter. If its words or its address were mended before it was
       sent again, it is another one.
    3. From one network, and to one address, only so many letters an hour are taken.
    4. Keep the letter apart from the inbox, with its files.
    5. Mail a link to the address given. The letter comes in when its sender opens it.

    Raises TooManyLetters; then nothing has been kept.
    """
    address = sender_address.strip().lower()
    network_hash = lookup_hash(network, purpose="web_letter.network") if network else ""
    address_hash = lookup_hash(address, purpose="web_letter.address")
    with transaction.atomic():
        one_at_a_time(f"web_letter.{sign}" for sign in (network_hash, address_hash) if sign)
        written = WebLetter.objects.filter(key=key).first()
        if written is not None and not _says(written, address, subject, text):
            key = uuid.uuid5(key, "\n".join([address, subject, text]))
            written = WebLetter.objects.filter(key=key).first()
        if written is not None:
            return written
        _refuse_too_many(network_hash, address_hash, at)
        letter = WebLetter.objects.create(
            key=key,
            sender_name=_line(sender_name, 150),
            sender_address=address,
            topic=topic,
            county=county,
            subject=_line(subject, 200),
            text=as_text(text),
            language=language,
            network_hash=network_hash,
            address_hash=address_hash,
            written_at=at,
        )
        letter.files.set([store_file(upload=file, by=None, at=at) for file in files])
        _mail_link(letter, at)
    return letter


def _line(typed: str, longest: int) -> str:
    return " ".join(as_text(typed).split())[:longest]


def _says(written: WebLetter, address: str, subject: str, text: str) -> bool:
    """Whether this is what was written before; once it is confirmed, the letter holds the words."""
    words = written.letter.text if written.letter else written.text
    told = (written.sender_address, written.subject, words)
    return told == (address, _line(subject, 200), as_text(text))


def _refuse_too_many(network_hash: str, address_hash: str, at: datetime) -> None:
    lately = WebLetter.objects.filter(written_at__gt=at - WINDOW)
    from_network = lately.filter(network_hash=network_hash).count() if network_hash else 0
    to_address = lately.filter(address_hash=address_hash).count()
    is_too_many = (
        from_network >= settings.WEB_LETTERS_PER_NETWORK
        or to_address >= settings.WEB_LETTERS_PER_ADDRESS
    )
    if is_too_many:
        raise TooManyLetters


def _mail_link(letter: WebLetter, at: datetime) -> None:
    link, token = issue_external_link(
        purpose=PURPOSE, about=letter, expires_at=at + VALID_FOR, by=None, at=at
    )
    address = settings.SITE_URL.rstrip("/") + reverse("ask:confirm", args=[token])
    with translation.override(letter.language):
        queue_mail(
            key=f"inquiries.confirm_letter:{letter.key}",
            to=letter.sender_address,
            subject=gettext("Please confirm your letter"),
            text=render_to_string(
                "inquiries/mail/confirm_letter.txt",
                {
                    "address": address,
                    "expires_on": timezone.localdate(link.expires_at),
                    "agency": settings.AGENCY,
                },
            ),
            language=letter.language,
            at=at,
            about=letter,
        )
