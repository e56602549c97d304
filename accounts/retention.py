"""How long the app keeps its own rows."""

from datetime import timedelta

from django.conf import settings

from accounts.models import LinePeriod
from common.retention import RetentionCategory, declare

declare(
    RetentionCategory(
        "accounts.line_period",
        "Who was on the line is asked for when a complaint or the year's workload is looked into.",
        lambda at: LinePeriod.objects.filter(
            ended_at__lt=at - timedelta(days=settings.LINE_HISTORY_DAYS)
        ),
    ),
)
