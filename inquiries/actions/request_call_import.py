import uuid
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.file_names import safe_name
from common.hurry import hurry
from common.refusals import Refusal
from inquiries import tasks
from inquiries.call_records import BadRow, NoCall, legs_of, rows_of
from inquiries.models import CallImport, CallRecordProfile, PhoneLine
from registry.states import IMPORT_MOVES, ImportState

LARGEST = 300_000_000  # bytes
LOOKED_AT = 50  # rows


class RecordsNotAccepted(Refusal):
    """The file does not hold records that the profile can read."""

    code = "records_not_accepted"
    sentence = _("None of the first rows of this file fits the profile “%(profile)s”.")


class RecordsTooLarge(Refusal):
    code = "records_too_large"
    sentence = _("The file is too large: at most %(megabytes)s MB are accepted.")


def request_call_import(
    *,
    path: Path,
    line: PhoneLine,
    profile: CallRecordProfile,
    by: User | None,
    at: datetime,
    file_name: str = "",
    is_hurried: bool = True,
) -> CallImport:
    """Somebody asks for a file of call records to be taken over.

    1. Look that the profile can read some of its first rows.
    2. Write down that the import is owed, and hurry the worker.

    Raises RecordsNotAccepted.
    """
    if not _fits(path, profile):
        raise RecordsNotAccepted(profile=profile.name)
    with transaction.atomic():
        call_import = CallImport.objects.create(
            line=line,
            profile=profile,
            path=str(path.resolve()),
            file_name=(file_name or path.name)[:255],
            file_size=path.stat().st_size,
            requested_at=at,
            requested_by=by,
        )
        if is_hurried:
            hurry(tasks.import_calls, import_id=call_import.pk)
    return call_import


def receive_call_file(
    *, file: UploadedFile, line: PhoneLine, profile: CallRecordProfile, by: User, at: datetime
) -> CallImport:
    """The coordinator sends a file of call records along.

    1. Write it part by part into our folder under a random name: it may be far larger than the
       upload gate lets in, and is never opened but by our own streaming reader.
    2. Ask for its import, which looks at the content; what does not fit goes at once.

    Raises RecordsNotAccepted, RecordsTooLarge.
    """
    if (file.size or 0) > LARGEST:
        raise RecordsTooLarge(megabytes=LARGEST // 1_000_000)
    folder = files_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    with path.open("wb") as target:
        for part in file.chunks():
            target.write(part)
    name = safe_name(file.name or "")
    try:
        return request_call_import(
            path=path, line=line, profile=profile, by=by, at=at, file_name=name
        )
    except Refusal:
        path.unlink(missing_ok=True)
        raise


def resume_call_import(*, call_import: CallImport, at: datetime) -> CallImport:
    """An import that failed is tried again from where it stopped.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        locked = CallImport.objects.select_for_update(of=("self",)).get(pk=call_import.pk)
        locked.state = IMPORT_MOVES.target("resume_import", ImportState(locked.state))
        locked.reason, locked.leased_until = "", None
        locked.save(update_fields=["state", "reason", "leased_until"])
        hurry(tasks.import_calls, import_id=locked.pk)
    return locked


def sweep_call_imports(*, at: datetime) -> int:
    """Hurry imports that nobody is working on: their task was lost or their worker killed."""
    owed = list(CallImport.objects.abandoned(at).values_list("pk", flat=True))
    for pk in owed:
        tasks.import_calls.delay(import_id=pk)
    return len(owed)


def files_folder() -> Path:
    return Path(settings.VAR_DIR) / "call-records"


def _fits(path: Path, profile: CallRecordProfile) -> bool:
    layout = profile.profile()
    read = legs_of(layout)
    with path.open("rb") as stream:
        try:
            first = list(islice(rows_of(stream, layout), LOOKED_AT))
        except BadRow:
            return False
    for row in first:
        try:
            if not isinstance(row.cells, BadRow):
                read(row.cells)
                return True
        except NoCall:
            return True
        except BadRow:
            continue
    return False
