from datetime import datetime

from accounts.models import User
from inquiries.models import PhoneCall


def set_calls_aside(*, calls: list[PhoneCall], by: User, at: datetime) -> int:
    """There is nothing to write down about these calls, and nobody to call back.

    1. Note who said so; they leave the lists and stay in the counts of the day.
    """
    rows = PhoneCall.objects.filter(pk__in=[call.pk for call in calls], set_aside_at__isnull=True)
    return rows.update(set_aside_at=at, set_aside_by=by)


def take_calls_back(*, calls: list[PhoneCall]) -> int:
    """The setting aside is taken back.

    1. They stand in the lists again.
    """
    rows = PhoneCall.objects.filter(pk__in=[call.pk for call in calls])
    return rows.update(set_aside_at=None, set_aside_by=None)
