import uuid
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from common.file_names import safe_name
from registry.actions.request_import import FileNotAccepted, request_import
from registry.models import RegisterImport


def receive_register_file(*, file: UploadedFile, by: User, at: datetime) -> RegisterImport:
    """An administrator sends a file of open data along.

    1. Write it part by part into the folder of register files under a random name: it is far
       larger than the upload gate lets in, and is never opened but by our own streaming readers.
    2. Ask for its import, which looks at the content; what is none of the two files goes at once.

    Raises FileNotAccepted.
    """
    folder = settings.REGISTER_FILES_DIR
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"sent-{uuid.uuid4().hex}"
    with path.open("wb") as target:
        for part in file.chunks():
            target.write(part)
    try:
        return request_import(
            path=path, by=by, at=at, file_name=safe_name(file.name or "")[:255] or path.name
        )
    except FileNotAccepted:
        path.unlink()
        raise
