from datetime import datetime

from clients.models import ContactPoint
from common.actions import revoke_external_link
from common.models import ExternalLink

PURPOSE = "clients.confirm_email"


def revoke_confirmation_links(*, contact_point: ContactPoint, at: datetime) -> None:
    """Links that were sent to an address have done their work, or shall not do it any more."""
    for link in ExternalLink.objects.about(contact_point).filter(purpose=PURPOSE, revoked_at=None):
        revoke_external_link(link=link, at=at)
