from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from clients.actions.lock_client import lock_contact_point
from clients.actions.revoke_confirmation_links import PURPOSE, revoke_confirmation_links
from clients.models import ContactKind, ContactPoint
from common.actions import issue_external_link, queue_mail
from common.models import ExternalLink
from common.refusals import Refusal

VALID_FOR = timedelta(days=7)


class NotAnAddress(Refusal):
    """A link can be mailed to an e-mail address only."""

    code = "not_an_address"
    sentence = gettext_lazy("A confirmation link can be mailed to an e-mail address only.")


def request_contact_confirmation(
    *, contact_point: ContactPoint, by: User, at: datetime
) -> ExternalLink:
    """We want to know whether an address works.

    1. Earlier links to it open no more.
    2. Issue a link that is valid for a week.
    3. Queue a letter with it in the client's language. It names nobody.

    Raises NotAnAddress, ClientMerged.
    """
    with transaction.atomic():
        point = lock_contact_point(contact_point.pk)
        if point.kind != ContactKind.EMAIL:
            raise NotAnAddress
        revoke_confirmation_links(contact_point=point, at=at)
        link, token = issue_external_link(
            purpose=PURPOSE, about=point, expires_at=at + VALID_FOR, by=by, at=at
        )
        language = point.client.language
        with translation.override(language):
            queue_mail(
                key=f"clients.confirm_email:{link.pk}",
                to=point.value,
                subject=gettext("Please confirm your e-mail address"),
                text=_letter(token, link.expires_at),
                language=language,
                at=at,
                about=point.client,
            )
    return link


def _letter(token: str, expires_at: datetime) -> str:
    return render_to_string(
        "clients/mail/confirm_email.txt",
        {
            "address": settings.SITE_URL.rstrip("/")
            + reverse("clients:confirm_email", args=[token]),
            "expires_on": timezone.localdate(expires_at),
            "agency": settings.AGENCY,
        },
    )
