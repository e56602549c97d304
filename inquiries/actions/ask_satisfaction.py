import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from common.actions import issue_external_link, queue_mail
from common.encryption import lookup_hash
from inquiries.models import BEST, Inquiry, SatisfactionOptOut, SatisfactionQuestion
from inquiries.queries import address_of_client, inquiries_to_ask_about
from inquiries.queries.satisfaction import ENDED

PURPOSE = "inquiries.satisfaction"
VALID_FOR = timedelta(days=30)


def ask_satisfaction(*, at: datetime) -> int:
    """Sweep: clients whose matter came to an end are asked one question, how we served.

    1. Take inquiries that ended long enough ago and not too long ago, and of which nobody was asked.
    2. Leave out all but the share that shall be asked; who falls into it is told by the inquiry's
       key, so that asking again later chooses the same ones.
    3. Ask those who have an address: not staff who wrote to themselves, not somebody who does not
       want to be asked or was asked lately. An end that was taken back meanwhile is none.

    Returns how many were asked.
    """
    if not settings.SATISFACTION_SHARE:
        return 0
    return sum(_ask(inquiry, at) for inquiry in inquiries_to_ask_about(at) if _is_in_share(inquiry))


def address_hash_of(address: str) -> str:
    return lookup_hash(address.strip().lower(), purpose="satisfaction.address")


def _is_in_share(inquiry: Inquiry) -> bool:
    drawn = hashlib.sha256(inquiry.key.bytes).digest()[0] * 100 / 256
    return drawn < settings.SATISFACTION_SHARE


def _ask(inquiry: Inquiry, at: datetime) -> bool:
    address = address_of_client(inquiry)
    if not address or User.objects.filter(email__iexact=address).exists():
        return False
    hashed = address_hash_of(address)
    if _is_not_to_be_asked(inquiry, hashed, at):
        return False
    with transaction.atomic():
        locked = Inquiry.objects.select_for_update(of=("self",))
        if locked.filter(pk=inquiry.pk, state__in=ENDED).first() is None:
            return False
        question, is_new = SatisfactionQuestion.objects.get_or_create(
            inquiry=inquiry,
            defaults={"language": inquiry.language, "address_hash": hashed, "asked_at": at},
        )
        if is_new:
            _mail(question, address, at)
    return is_new


def _is_not_to_be_asked(inquiry: Inquiry, hashed: str, at: datetime) -> bool:
    refused = SatisfactionOptOut.objects.filter(address_hash=hashed).exists()
    if inquiry.client_id and not refused:
        refused = SatisfactionOptOut.objects.filter(client=inquiry.client_id).exists()
    quiet_since = at - timedelta(days=settings.SATISFACTION_QUIET_DAYS)
    lately = SatisfactionQuestion.objects.filter(address_hash=hashed, asked_at__gt=quiet_since)
    return refused or lately.exists()


def _mail(question: SatisfactionQuestion, address: str, at: datetime) -> None:
    _link, token = issue_external_link(
        purpose=PURPOSE, about=question, expires_at=at + VALID_FOR, by=None, at=at
    )
    site = settings.SITE_URL.rstrip("/")
    with translation.override(question.language):
        queue_mail(
            key=f"inquiries.satisfaction:{question.pk}",
            to=address,
            subject=gettext("How did we serve you? %(number)s")
            % {"number": question.inquiry.number},
            text=render_to_string(
                "inquiries/mail/satisfaction.txt",
                {
                    "inquiry": question.inquiry,
                    "scores": [
                        (score, site + reverse("ask:opinion_of", args=[token, score]))
                        for score in range(BEST, 0, -1)
                    ],
                    "stop": site + reverse("ask:opinion_stop", args=[token]),
                    "agency": settings.AGENCY,
                },
            ),
            language=question.language,
            at=at,
            about=question.inquiry,
        )
