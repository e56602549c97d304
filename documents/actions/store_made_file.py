import hashlib
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage

from accounts.models import User
from common.models import StoredFile


def store_made_file(
    *, key: UUID, content: bytes, name: str, by: User | None, at: datetime
) -> StoredFile:
    """A PDF that we made is written whole or not at all, always under the key of what it belongs to.

    The caller holds the lock of its row, so there is one writer; a worker that died before its
    commit leaves a file that the next one replaces.
    """
    place = f"{key.hex[:2]}/{key.hex}"
    path = Path(default_storage.path(place))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return StoredFile.objects.create(
        file=place,
        original_name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_at=at,
        stored_by=by,
    )
