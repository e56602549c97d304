from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from clients.phones import normal_phone
from inquiries.models import BlockedNumber


def block_number(
    *, number: str, reason: str, ends_at: datetime, by: User, at: datetime
) -> BlockedNumber:
    """Calls from a number shall be turned away for a time.

    1. Write the number in our spelling, the reason and the end; the exchange is told at its next
       call.
    2. Write into the access log who did it.

    Raises PhoneNotValid.
    """
    with transaction.atomic():
        blocked = BlockedNumber.objects.create(
            number=normal_phone(number), reason=reason, starts_at=at, ends_at=ends_at, by=by
        )
        record_access(what="phone.blocked", by=by, at=at, subject=blocked, reason=reason)
    return blocked


def lift_block(*, blocked: BlockedNumber, by: User, at: datetime) -> BlockedNumber:
    """Calls from the number come through again.

    1. The block ends now, unless it has ended.
    2. Write into the access log who did it.
    """
    with transaction.atomic():
        blocked = BlockedNumber.objects.select_for_update(of=("self",)).get(pk=blocked.pk)
        if blocked.ends_at <= at:
            return blocked
        blocked.ends_at, blocked.lifted_by = max(at, blocked.starts_at), by
        blocked.save(update_fields=["ends_at", "lifted_by"])
        record_access(what="phone.block_lifted", by=by, at=at, subject=blocked)
    return blocked
