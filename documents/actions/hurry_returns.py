from datetime import datetime, timedelta

from django.db.models import Q

from documents import tasks
from documents.queries import returns_owed

PATIENCE = timedelta(seconds=30)  # a check takes well under a second; the queue may be long


def hurry_returns(*, at: datetime) -> int:
    """Signed files that came in and were not judged are hurried again: a worker was killed, or there
    was no trusted list."""
    before = at - PATIENCE
    overdue = returns_owed(at).filter(
        Q(tried_at__lt=before) | Q(tried_at__isnull=True, received_at__lt=before)
    )
    ids = list(overdue.values_list("pk", flat=True)[:200])
    for returned_id in ids:
        tasks.judge_return.apply_async(kwargs={"returned_id": returned_id}, expires=60)
    return len(ids)
