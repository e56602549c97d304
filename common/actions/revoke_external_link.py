from datetime import datetime

from common.models import ExternalLink


def revoke_external_link(*, link: ExternalLink, at: datetime) -> None:
    """A link shall open no more, from now on. A link revoked before keeps its first moment."""
    ExternalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)
    link.refresh_from_db(fields=["revoked_at"])
