import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from inquiries.actions.try_past_import import TooManyValues, try_past_import
from inquiries.actions.undo_past_batch import undo_past_batch
from inquiries.actions.write_past_batch import write_past_batch
from inquiries.models import PastImport
from inquiries.past.tables import NotATable, Row, rows_below
from inquiries.past_files import FileGone, content_of
from inquiries.past_judging import PastJudge
from inquiries.past_lease import LeaseLost, save_held
from inquiries.states import PAST_MOVES, PAST_WORK, PastImportState

BATCH = 500
LEASE = timedelta(minutes=3)

Clock = Callable[[], datetime]


def work_on_past_import(*, import_id: int, clock: Clock, batch: int = BATCH) -> PastImport:
    """A worker comes to an import of the past: to try it, to run it or to undo it.

    1. Take it, unless somebody else is at it or nothing is owed. Safe to run twice.
    2. Trying: read the whole file and judge each row; nothing is written but what was found out.
    3. Running: a batch at a time, inquiries, clients and the place in the file are written in one
       transaction. A killed worker loses at most the batch in hand.
    4. Undoing: a batch at a time, what came with it and was not touched since is taken away.
    """
    past_import = _take(import_id, uuid.uuid4().hex, clock())
    if past_import is None:
        return PastImport.objects.get(pk=import_id)
    try:
        WORK[PastImportState(past_import.state)](past_import, clock, batch)
    except (NotATable, FileGone, TooManyValues) as error:
        _fail(past_import, REASONS[type(error)], clock())
    except LeaseLost:
        past_import.refresh_from_db()
    return past_import


REASONS: dict[type[Exception], str] = {
    NotATable: "not_readable",
    FileGone: "file_gone",
    TooManyValues: "too_many_values",
}


def _take(import_id: int, lease: str, at: datetime) -> PastImport | None:
    with transaction.atomic():
        found = PastImport.objects.select_for_update(of=("self",)).get(pk=import_id)
        is_held = found.leased_until is not None and found.leased_until > at
        if is_held or found.state not in PAST_WORK:
            return None
        found.lease, found.leased_until = lease, at + LEASE
        found.started_at = found.started_at or at
        found.save(update_fields=["lease", "leased_until", "started_at"])
    return found


def _try(past_import: PastImport, clock: Clock, batch: int) -> None:
    try_past_import(
        past_import=past_import,
        batches=_batches(past_import, batch),
        clock=clock,
        hold=lambda rows: save_held(past_import, rows=rows, leased_until=clock() + LEASE),
    )


def _run(past_import: PastImport, clock: Clock, batch: int) -> None:
    judge = PastJudge(past_import, clock(), remembers=False)
    for rows in _batches(past_import, batch):
        now = clock()
        write_past_batch(
            past_import=past_import, judge=judge, rows=rows, at=now, leased_until=now + LEASE
        )
    save_held(
        past_import,
        state=PAST_MOVES.target("finish_run", PastImportState(past_import.state)),
        finished_at=clock(),
        leased_until=None,
    )


def _undo(past_import: PastImport, clock: Clock, batch: int) -> None:
    while undo_past_batch(past_import=past_import, most=batch, leased_until=clock() + LEASE):
        pass
    save_held(
        past_import,
        state=PAST_MOVES.target("finish_undo", PastImportState(past_import.state)),
        undone_at=clock(),
        leased_until=None,
    )


WORK: dict[PastImportState, Callable[[PastImport, Clock, int], None]] = {
    PastImportState.TRYING: _try,
    PastImportState.RUNNING: _run,
    PastImportState.UNDOING: _undo,
}


def _batches(past_import: PastImport, size: int) -> Iterator[list[Row]]:
    rows = rows_below(content_of(past_import), past_import.shape, after=past_import.position)
    while taken := list(islice(rows, size)):
        yield taken


def _fail(past_import: PastImport, reason: str, at: datetime) -> None:
    values: dict[str, Any] = {
        "state": PAST_MOVES.target("fail", PastImportState(past_import.state)),
        "failed_at_state": past_import.state,
        "reason": reason,
        "leased_until": None,
    }
    try:
        save_held(past_import, **values)
    except LeaseLost:
        past_import.refresh_from_db()
