from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile

from common.models import StoredFile
from common.uploads import CheckedUpload


def store_file(*, upload: CheckedUpload, by: AbstractBaseUser | None, at: datetime) -> StoredFile:
    """A file that passed the upload gate is kept.

    1. Write it to the disk under a random name.
    2. Keep what it was called, what it is, its size and its SHA-256.
    """
    stored = StoredFile(
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        stored_at=at,
        stored_by_id=by.pk if by else None,
    )
    stored.file.save(upload.name, ContentFile(upload.content), save=True)
    return stored
