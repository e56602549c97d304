from datetime import datetime, timedelta

from django.db.models import Q

from documents import tasks
from documents.models import Paper

PATIENCE = timedelta(seconds=45)  # a draft takes well under a second; the queue may be long


def hurry_drafts(*, at: datetime) -> int:
    """Drafts that were asked for and not made are hurried again: the broker or a worker lost them.

    1. Find those that nobody has tried lately.
    2. Send each to the worker once more; it looks by itself whether the draft is still owed.
    """
    before = at - PATIENCE
    overdue = Paper.objects.waiting_for_draft().filter(
        Q(tried_at__lt=before) | Q(tried_at__isnull=True, requested_at__lt=before)
    )
    ids = list(overdue.order_by("requested_at").values_list("pk", flat=True)[:200])
    for paper_id in ids:
        # A message that nobody takes before the next sweep is thrown away, so that they do not pile up.
        tasks.render_draft.apply_async(kwargs={"paper_id": paper_id}, expires=60)
    return len(ids)
