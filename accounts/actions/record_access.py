from datetime import datetime

from django.db.models import Model

from accounts.models import AccessEntry, User


def record_access(
    *,
    what: str,
    by: User | None,
    at: datetime,
    subject: Model | None = None,
    reason: str = "",
    result_count: int | None = None,
) -> AccessEntry:
    """Write one line into the access log, in the caller's transaction."""
    return AccessEntry.objects.create(
        at=at,
        by_id=by.pk if by else None,
        by_name=str(by) if by else "",
        what=what,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        reason=reason,
        result_count=result_count,
    )
