import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actions.record_access import record_access
from accounts.models import ApiToken, User
from common.tokens import token_hash

PREFIX = "sd_"  # so that a leaked token is recognised by scanners


def issue_api_token(
    *,
    user: User,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime,
    by: User | None,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Another system gets a key to the API; the key itself is returned once and never kept.

    1. Draw a random token and keep its hash, its scopes and when it expires.
    2. Write into the access log who issued it.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user,
            name=name,
            beginning=secret[: len(PREFIX) + 4],
            token_hash=token_hash(secret),
            scopes=sorted(scopes),
            issued_by=by,
            issued_at=at,
            expires_at=expires_at,
        )
        record_access(what="token.issued", by=by, at=at, subject=token)
    return token, secret
