import secrets
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from common.models import ExternalLink, reference
from common.tokens import token_hash


def issue_external_link(
    *,
    purpose: str,
    about: Model,
    expires_at: datetime,
    by: AbstractBaseUser | None,
    at: datetime,
) -> tuple[ExternalLink, str]:
    """Somebody without an account is to open one page.

    1. Draw a random token.
    2. Keep its hash only, and give the token back this once.
    """
    token = secrets.token_urlsafe(32)
    link = ExternalLink.objects.create(
        purpose=purpose,
        token_hash=token_hash(token),
        issued_at=at,
        issued_by_id=by.pk if by else None,
        expires_at=expires_at,
        **reference(about),
    )
    return link, token
