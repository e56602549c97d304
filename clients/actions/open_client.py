from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from clients.models import Client


def open_client(*, client: Client, by: User, at: datetime, reason: str = "") -> Client:
    """Somebody opens a client's card.

    1. Go on to the client it lives on in, if it was merged.
    2. Write into the access log who opened it and why: the number of the inquiry at hand, if any.
    """
    client = client.survivor
    record_access(what="client.view", by=by, at=at, subject=client, reason=reason)
    return client
