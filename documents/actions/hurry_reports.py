from datetime import datetime, timedelta

from django.db.models import Q

from documents import tasks
from documents.models import ReportPaper

PATIENCE = timedelta(seconds=45)


def hurry_reports(*, at: datetime) -> int:
    """Reports that were asked for and not made are hurried again: the broker or a worker lost them."""
    before = at - PATIENCE
    overdue = ReportPaper.objects.filter(
        Q(tried_at__lt=before) | Q(tried_at__isnull=True, asked_at__lt=before),
        stored_file=None,
        attempts__lt=ReportPaper.MOST_ATTEMPTS,
    )
    ids = list(overdue.order_by("asked_at", "pk").values_list("pk", flat=True)[:200])
    for report_id in ids:
        tasks.render_report.apply_async(kwargs={"report_id": report_id}, expires=60)
    return len(ids)
