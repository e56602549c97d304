from datetime import datetime

from django.db import transaction

from clients.actions.confirm_contact_point import confirm_contact_point
from clients.actions.revoke_confirmation_links import PURPOSE
from clients.models import ConfirmedHow, ContactPoint
from common.actions import LinkNotValid, open_external_link, revoke_external_link
from common.models import ExternalLink


def open_confirmation_link(*, token: str, at: datetime) -> ContactPoint:
    """A client opens the link in our mail. Looking confirms nothing: mail filters look too.

    Raises LinkNotValid, also if the address was removed meanwhile.
    """
    _link, point = _open(token, at)
    return point


def confirm_by_link(*, token: str, at: datetime) -> ContactPoint:
    """A client presses the button on the page that the link in our mail leads to.

    1. Open the link; a used one opens no more.
    2. Mark the address confirmed, wherever its client lives on now.
    3. The link has done its work.

    Raises LinkNotValid.
    """
    link, point = _open(token, at)
    with transaction.atomic():
        point = confirm_contact_point(
            contact_point=point, how=ConfirmedHow.MAIL_LINK, by=None, at=at
        )
        revoke_external_link(link=link, at=at)
    return point


def _open(token: str, at: datetime) -> tuple[ExternalLink, ContactPoint]:
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    point = ContactPoint.objects.filter(pk=link.about_id).select_related("client").first()
    if point is not None and point.client.merged_into_id:
        twins = ContactPoint.objects.filter(client=point.client.survivor, kind=point.kind)
        point = twins.filter(value=point.value).select_related("client").first()
    if point is None:
        raise LinkNotValid
    return link, point
