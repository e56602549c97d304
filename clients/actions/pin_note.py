from datetime import datetime

from django.db import transaction

from accounts.models import User
from clients.actions.lock_client import lock_client
from clients.models import Client


def pin_note(*, client: Client, text: str, version: int, by: User, at: datetime) -> Client:
    """Whoever takes the client's next call is to read this. An empty text takes the note away.

    1. Lock the card and refuse if somebody has saved it since `version`.
    2. Write the note with who and when, as a new version.

    Raises StaleSave, ClientMerged.
    """
    text = text.strip()
    with transaction.atomic():
        client = lock_client(client.pk)
        client.claim_version(version, mine={"pinned_note": text})
        client.pinned_note = text
        client.pinned_at, client.pinned_by = (at, by) if text else (None, None)
        client.written_by(by, at)
        client.save()
    return client
