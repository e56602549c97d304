from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from clients.queries import ClientMatch, find_clients

LOGGED_FROM = 3  # characters


def search_clients(*, text: str, by: User, at: datetime, limit: int = 10) -> list[ClientMatch]:
    """Somebody looks for a client.

    1. Find the clients that fit.
    2. From three characters on, write into the access log how many were found; not what was typed.
    """
    matches = find_clients(text, by=by, limit=limit)
    if len(text.strip()) >= LOGGED_FROM:
        record_access(what="client.search", by=by, at=at, result_count=len(matches))
    return matches
