from datetime import datetime

from django.db import transaction

from accounts.actions.record_access import record_access
from accounts.models import ApiToken, User


def revoke_api_token(*, token: ApiToken, by: User | None, at: datetime) -> ApiToken:
    """A key to the API stops working at once; doing it twice changes nothing."""
    with transaction.atomic():
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if token.revoked_at is None:
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])
            record_access(what="token.revoked", by=by, at=at, subject=token)
    return token
