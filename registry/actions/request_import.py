from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.hurry import hurry
from common.refusals import Refusal
from registry import tasks
from registry.models import RegisterImport
from registry.open_data.files import NotOpenData, made_at, open_source
from registry.states import IMPORT_MOVES, ImportState


class FileOutsideFolder(Refusal):
    """Files are taken only from the folder that the settings name."""

    code = "file_outside_folder"
    sentence = _("Only files in the folder of register files can be imported.")


class FileNotAccepted(Refusal):
    """The file is neither of the two that we take over, or it is broken."""

    code = "file_not_accepted"
    sentence = _("This is not a file of the register's open data that we know.")


def request_import(
    *,
    path: Path,
    by: User | None,
    at: datetime,
    anywhere: bool = False,
    file_name: str = "",
) -> RegisterImport:
    """Somebody asks for a file of open data to be taken over.

    1. Look that it lies in the folder of register files (the command line may say otherwise) and
       is one of the two files we know.
    2. Write down that the import is owed, and hurry the worker.

    Raises FileOutsideFolder, FileNotAccepted.
    """
    path = path.resolve()
    if not anywhere and not path.is_relative_to(settings.REGISTER_FILES_DIR.resolve()):
        raise FileOutsideFolder
    try:
        with open_source(path) as source:
            kind = source.kind
        moment = made_at(path)
    except (NotOpenData, OSError) as error:
        raise FileNotAccepted from error
    with transaction.atomic():
        register_import = RegisterImport.objects.create(
            kind=kind,
            path=str(path),
            file_name=file_name or path.name,
            file_size=path.stat().st_size,
            made_at=moment,
            requested_at=at,
            requested_by=by,
        )
        if (
            not anywhere
        ):  # at the command line it is done at once; the sweep knows it if that is killed
            hurry(tasks.import_file, import_id=register_import.pk)
    return register_import


def find_or_request_import(*, path: Path, at: datetime) -> RegisterImport:
    """Somebody at the machine imports a file: an import of it that was stopped is gone on with.

    Raises FileNotAccepted.
    """
    unfinished = RegisterImport.objects.filter(
        path=str(path.resolve()), state__in=[ImportState.QUEUED, ImportState.RUNNING]
    )
    return unfinished.first() or request_import(path=path, by=None, at=at, anywhere=True)


def resume_import(*, register_import: RegisterImport, at: datetime) -> RegisterImport:
    """An import that failed is tried again from where it stopped.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        register_import = RegisterImport.objects.select_for_update(of=("self",)).get(
            pk=register_import.pk
        )
        register_import.state = IMPORT_MOVES.target(
            "resume_import", ImportState(register_import.state)
        )
        register_import.reason = ""
        register_import.leased_until = None
        register_import.save(update_fields=["state", "reason", "leased_until"])
        hurry(tasks.import_file, import_id=register_import.pk)
    return register_import
