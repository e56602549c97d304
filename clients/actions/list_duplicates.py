from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from clients.queries import DuplicateGroup, find_duplicates


def list_duplicates(
    *, kind: str, by: User, at: datetime, after: str = "", size: int = 25
) -> list[DuplicateGroup]:
    """Somebody looks through cards that may be one client.

    1. Find the groups.
    2. Write into the access log how many cards were shown.
    """
    groups = find_duplicates(kind, by=by, after=after, size=size)
    shown = sum(len(group.clients) for group in groups)
    record_access(what="client.list_doubles", by=by, at=at, result_count=shown)
    return groups
