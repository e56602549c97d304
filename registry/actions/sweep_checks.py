from datetime import datetime, timedelta

from registry import tasks
from registry.models import RepresentationCheck

# A fresh check has just been hurried; only what is still there after this is swept.
GRACE = timedelta(seconds=30)
MOST_AT_ONCE = 200


def sweep_checks(*, at: datetime) -> int:
    """Hurry checks that are owed: never begun, due for another try, or left by a killed worker."""
    owed = (
        RepresentationCheck.objects.overdue(at)
        .filter(requested_at__lte=at - GRACE)
        .order_by("next_try_at", "pk")
        .values_list("pk", flat=True)[:MOST_AT_ONCE]
    )
    found = list(owed)
    for pk in found:
        tasks.run_check.delay(check_id=pk)
    return len(found)
