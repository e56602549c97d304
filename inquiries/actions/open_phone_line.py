import secrets
from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from common.tokens import token_hash
from inquiries.models import PhoneLine

PREFIX = "sdcti_"  # so that a leaked token is recognised by scanners


def open_phone_line(*, name: str, by: User | None, at: datetime) -> tuple[PhoneLine, str]:
    """A telephone exchange is connected, or gets a new token.

    1. Draw a random token and keep its hash; the one before stops working at once.
    2. Write into the access log who did it.

    Returns the line and the token, which is never shown again.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        line, _is_new = PhoneLine.objects.update_or_create(
            name=name,
            defaults={
                "token_hash": token_hash(token),
                "beginning": token[: len(PREFIX) + 4],
                "issued_at": at,
                "issued_by": by,
                "closed_at": None,
            },
        )
        record_access(what="phone_line.opened", by=by, at=at, subject=line)
    return line, token


def close_phone_line(*, line: PhoneLine, by: User, at: datetime) -> PhoneLine:
    """An exchange shall not reach us any more; its calls and records stay.

    1. Take the token away.
    2. Write into the access log who did it.
    """
    with transaction.atomic():
        line.token_hash, line.beginning, line.closed_at = "", "", at
        line.save(update_fields=["token_hash", "beginning", "closed_at"])
        record_access(what="phone_line.closed", by=by, at=at, subject=line)
    return line
