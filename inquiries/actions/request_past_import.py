from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from common.hurry import hurry
from inquiries import tasks
from inquiries.actions.set_up_past_import import locked
from inquiries.models import PastClient, PastImport, PastInquiry
from inquiries.states import PAST_MOVES, PastImportState

COUNTS = (
    "position", "rows", "made", "already", "set_aside", "clients_made", "clients_known",
    "without_client",
)  # fmt: skip


def request_past_import(*, past_import: PastImport, by: User, at: datetime) -> PastImport:
    """The trial was read, and the file is to be taken over.

    1. Count from nothing; what the trial set aside is found again as it is met.
    2. Write down that it is owed, log it, and hurry the worker.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        past_import = locked(past_import)
        past_import.state = PAST_MOVES.target("ask_run", PastImportState(past_import.state))
        for name in COUNTS:
            setattr(past_import, name, 0)
        past_import.requested_by, past_import.requested_at = by, at
        past_import.started_at, past_import.leased_until = None, None
        past_import.save()
        past_import.rows_aside.all().delete()
        record_access(what="inquiry.import_run", by=by, at=at, subject=past_import)
        hurry(tasks.work_on_past_import, import_id=past_import.pk)
    return past_import


def resume_past_import(*, past_import: PastImport, by: User, at: datetime) -> PastImport:
    """An import that failed on its way is gone on with from where it stopped.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        past_import = locked(past_import)
        move = "ask_undo" if past_import.failed_at_state == "undoing" else "resume_run"
        past_import.state = PAST_MOVES.target(move, PastImportState(past_import.state))
        past_import.reason = past_import.failed_at_state = ""
        past_import.leased_until = None
        past_import.save()
        hurry(tasks.work_on_past_import, import_id=past_import.pk)
    return past_import


def request_past_undo(
    *, past_import: PastImport, takes_changed: bool, by: User, at: datetime
) -> PastImport:
    """A whole import was a mistake.

    1. What an earlier undo kept is looked at again.
    2. Write down that the undo is owed, log it, and hurry the worker.

    `takes_changed`: what people have changed since goes too. Raises MoveNotAllowed.
    """
    with transaction.atomic():
        past_import = locked(past_import)
        past_import.state = PAST_MOVES.target("ask_undo", PastImportState(past_import.state))
        past_import.undo_takes_changed, past_import.undone_by = takes_changed, by
        past_import.reason = past_import.failed_at_state = ""
        past_import.leased_until = None
        past_import.save()
        PastInquiry.objects.filter(past_import=past_import).update(kept_because="")
        PastClient.objects.filter(past_import=past_import).update(is_kept=False)
        record_access(what="inquiry.import_undo", by=by, at=at, subject=past_import)
        hurry(tasks.work_on_past_import, import_id=past_import.pk)
    return past_import
