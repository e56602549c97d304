import io
from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from common.actions import remove_stored_files
from common.states import MoveNotAllowed
from common.uploads import check_upload
from documents.actions.receive_return import ACCEPTED, receive_return
from documents.models import CameBy, Envelope, UnsortedFile
from documents.queries import signer_with_address


def sort_signed_file(
    *, file: UnsortedFile, envelope: Envelope, by: User, at: datetime
) -> UnsortedFile:
    """A person says to which envelope a signed file belongs that came by mail.

    1. Lock it; nobody has sorted it yet.
    2. It becomes a returned file of that envelope, as if it had been known by itself.
    3. Our copy of its bytes goes: the returned file holds them.

    Raises MoveNotAllowed, EnvelopeSettled, UploadRefused.
    """
    with transaction.atomic():
        file = _locked(file)
        returned = receive_return(
            envelope=envelope,
            upload=check_upload(_opened(file), allowed=ACCEPTED),
            came_by=CameBy.MAIL,
            signer=signer_with_address(envelope, file.sender_address),
            mail=file.mail,
            by=by,
            at=at,
        )
        file.returned = returned
        return _settle(file, by, at)


def dismiss_signed_file(*, file: UnsortedFile, by: User, at: datetime) -> UnsortedFile:
    """A person says that a signed file belongs to no case; its letter stays where it is.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        return _settle(_locked(file), by, at)


def open_signed_file(*, file: UnsortedFile, by: User, at: datetime) -> UnsortedFile:
    """Somebody looks into a signed file that waits to be sorted, and the access log says so."""
    record_access(what="paper.download", by=by, at=at, subject=file)
    return file


def _locked(file: UnsortedFile) -> UnsortedFile:
    found = UnsortedFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if found.settled_at is not None:
        raise MoveNotAllowed(state="–")
    return found


def _opened(file: UnsortedFile) -> io.BytesIO:
    assert file.stored_file is not None  # noqa: S101  # it has not been sorted
    with file.stored_file.file.open("rb") as stored:
        content = io.BytesIO(stored.read())
    content.name = file.name
    return content


def _settle(file: UnsortedFile, by: User, at: datetime) -> UnsortedFile:
    stored = file.stored_file
    file.settled_at, file.settled_by, file.stored_file = at, by, None
    file.save(update_fields=["settled_at", "settled_by", "stored_file", "returned"])
    if stored is not None:
        remove_stored_files(files=[stored])
    return file
