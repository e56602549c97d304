from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from common.actions import LinkNotValid, open_external_link, queue_mail
from inquiries.actions.receive_letter import receive_letter
from inquiries.actions.write_web_letter import PURPOSE
from inquiries.models import Channel, Inquiry, Letter, WebLetter


def open_web_letter(*, token: str, at: datetime) -> WebLetter:
    """Somebody opens the link in our mail. Looking confirms nothing: mail filters look too.

    Raises LinkNotValid, also if the letter was removed meanwhile.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    letter = WebLetter.objects.filter(pk=link.about_id).select_related("letter__inquiry").first()
    if letter is None:
        raise LinkNotValid
    return letter


def confirm_web_letter(*, token: str, at: datetime) -> WebLetter:
    """Its sender presses the button on the page that the link in our mail leads to.

    1. Find the letter. Pressed again, the receipt is the same.
    2. Take it in: it becomes an inquiry with a number and a legal term. The term counts from now,
       since nobody could read it before.
    3. What was written stands with the letter from now on; here only the receipt stays.
    4. Mail the receipt with the number.

    Raises LinkNotValid.
    """
    found = open_web_letter(token=token, at=at)
    with transaction.atomic():
        web = WebLetter.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if web.confirmed_at is None:
            web.letter = letter = _taken_in(web, at)
            web.confirmed_at = at
            web.sender_name = web.text = ""
            web.save(update_fields=["letter", "confirmed_at", "sender_name", "text"])
            web.files.clear()
            _mail_receipt(web, letter.inquiry, at)
    return web


def _taken_in(web: WebLetter, at: datetime) -> Letter:
    letter = receive_letter(
        channel=Channel.WEB,
        sender_name=web.sender_name,
        sender_address=web.sender_address,
        subject=web.subject,
        text=web.text,
        files=[],
        received_at=at,
        message_id=f"<web.{web.key}@servicedesk.invalid>",
        language=web.language,
        topic=web.topic,
        county=web.county,
        at=at,
    )
    letter.files.set(web.files.all())
    return letter


def _mail_receipt(web: WebLetter, inquiry: Inquiry, at: datetime) -> None:
    with translation.override(web.language):
        queue_mail(
            key=f"inquiries.receipt:{web.key}",
            to=web.sender_address,
            subject=gettext("Your letter has reached us: %(number)s") % {"number": inquiry.number},
            text=render_to_string(
                "inquiries/mail/receipt.txt", {"inquiry": inquiry, "agency": settings.AGENCY}
            ),
            language=web.language,
            at=at,
            about=inquiry,
        )
