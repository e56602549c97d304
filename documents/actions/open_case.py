from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from documents.models import AccessCase


def open_case(*, case: AccessCase, by: User, at: datetime) -> AccessCase:
    """Somebody opens a case, and the access log says so."""
    record_access(what="case.view", by=by, at=at, subject=case)
    return case
