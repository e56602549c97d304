import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from common.hurry import hurry
from common.load import commit_without_waiting
from inquiries import tasks
from inquiries.actions.request_call_import import files_folder
from inquiries.actions.take_over_legs import take_over_legs
from inquiries.call_records import BadRow, Leg, NoCall, Row, legs_of, rows_of
from inquiries.models import BadCallRecord, CallImport
from inquiries.queries.desk_book import DeskBook, desk_book
from registry.states import IMPORT_MOVES, ImportState

BATCH = 2_000
LEASE = timedelta(minutes=3)
MOST_BAD_KEPT = 10_000


class LeaseLost(Exception):
    """Another worker has taken this import over."""


class CannotImport(Exception):
    """The import ends as failed; the word says why."""


def import_call_records(
    *,
    import_id: int,
    clock: Callable[[], datetime],
    batch: int = BATCH,
    told: Callable[[CallImport], None] | None = None,
) -> CallImport:
    """A file of an exchange's call records is taken over.

    1. Take the import, unless somebody else is at it or it is over. Safe to run twice.
    2. Read the file as a stream, a batch at a time: each leg that is new is merged into its call,
       broken rows are set aside, and the place is noted, all in one transaction. A killed worker
       loses at most the batch in hand.
    3. At the end throw away the file that was sent along, since its rows are kept, and have the
       calls matched with the inquiries.
    """
    lease = uuid.uuid4().hex
    call_import = _take(import_id, lease, clock())
    if call_import is None:
        return CallImport.objects.get(pk=import_id)
    try:
        _read_all(call_import, clock, batch, told)
        _finish(call_import, clock())
    except (CannotImport, BadRow, OSError) as error:
        _fail(call_import, "not_readable" if isinstance(error, OSError) else str(error), clock())
    except LeaseLost:
        call_import.refresh_from_db()
    return call_import


def _take(import_id: int, lease: str, at: datetime) -> CallImport | None:
    with transaction.atomic():
        found = CallImport.objects.select_for_update(of=("self",)).get(pk=import_id)
        is_held = found.leased_until is not None and found.leased_until > at
        if is_held or found.state not in {ImportState.QUEUED, ImportState.RUNNING}:
            return None
        found.state = IMPORT_MOVES.target("start_import", ImportState(found.state))
        found.lease, found.leased_until = lease, at + LEASE
        found.started_at = found.started_at or at
        found.save(update_fields=["state", "lease", "leased_until", "started_at"])
    return found


def _read_all(
    call_import: CallImport,
    clock: Callable[[], datetime],
    batch: int,
    told: Callable[[CallImport], None] | None,
) -> None:
    profile, book = call_import.profile.profile(), desk_book()
    read = legs_of(profile)
    with Path(call_import.path).open("rb") as stream:
        rows = rows_of(stream, profile, after=call_import.position)
        for taken in _batches(rows, batch):
            share = min(1.0, stream.tell() / (call_import.file_size or 1))
            _write_batch(call_import, taken, read, book, share, clock())
            if told:
                told(call_import)


def _batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while taken := list(islice(rows, size)):
        yield taken


def _write_batch(
    call_import: CallImport,
    taken: list[Row],
    read: Callable[[Any], Leg],
    book: DeskBook,
    share: float,
    at: datetime,
) -> None:
    """Write one batch and the new place together; only who holds the lease may."""
    good, bad, passed_over = _sort_out(taken, read)
    with transaction.atomic():
        commit_without_waiting()
        counts = take_over_legs(call_import=call_import, legs=good, book=book)
        _set_aside(call_import, bad)
        _save_held(
            call_import,
            position=taken[-1].number,
            share_read=share,
            leased_until=at + LEASE,
            added=call_import.added + counts.added,
            unchanged=call_import.unchanged + counts.unchanged,
            new_calls=call_import.new_calls + counts.new_calls,
            merged_calls=call_import.merged_calls + counts.merged_calls,
            passed_over=call_import.passed_over + passed_over,
            set_aside=call_import.set_aside + len(bad),
        )


def _sort_out(
    taken: list[Row], read: Callable[[Any], Leg]
) -> tuple[list[tuple[Leg, str]], list[tuple[Row, str]], int]:
    good: list[tuple[Leg, str]] = []
    bad: list[tuple[Row, str]] = []
    passed_over = 0
    for row in taken:
        try:
            if isinstance(row.cells, BadRow):
                raise row.cells
            good.append((read(row.cells), row.raw))
        except NoCall:
            passed_over += 1
        except BadRow as found:
            bad.append((row, found.reason))
    return good, bad, passed_over


def _set_aside(call_import: CallImport, bad: list[tuple[Row, str]]) -> None:
    room = max(0, MOST_BAD_KEPT - call_import.set_aside)
    BadCallRecord.objects.bulk_create(
        [
            BadCallRecord(
                call_import=call_import, position=row.number, reason=reason, raw=row.raw[:2000]
            )
            for row, reason in bad[:room]
        ],
        ignore_conflicts=True,
    )


def _save_held(call_import: CallImport, **values: Any) -> None:
    """Write to the row if it is still ours, and to the object alike."""
    held = CallImport.objects.filter(pk=call_import.pk, lease=call_import.lease)
    if not held.update(**values):
        raise LeaseLost
    for name, value in values.items():
        setattr(call_import, name, value)


def _finish(call_import: CallImport, at: datetime) -> None:
    if not call_import.added + call_import.unchanged + call_import.passed_over:
        raise CannotImport("no_good_record")
    with transaction.atomic():
        _save_held(
            call_import,
            state=IMPORT_MOVES.target("finish_import", ImportState(call_import.state)),
            finished_at=at,
            share_read=1,
            leased_until=None,
        )
        hurry(tasks.match_calls)
    path = Path(call_import.path)
    if path.is_relative_to(files_folder().resolve()):
        path.unlink(missing_ok=True)


def _fail(call_import: CallImport, reason: str, at: datetime) -> None:
    try:
        _save_held(
            call_import,
            state=IMPORT_MOVES.target("fail_import", ImportState(call_import.state)),
            reason=reason[:60],
            finished_at=at,
            leased_until=None,
        )
    except LeaseLost:
        call_import.refresh_from_db()
