import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from common.load import commit_without_waiting, refresh_statistics
from registry.actions.take_over_batch import TAKE_OVER, Counts
from registry.models import (
    BadRecord,
    Card,
    CardPerson,
    FileKind,
    Organisation,
    OrganisationKey,
    RegisterImport,
    RepresentationRule,
    SeenCode,
)
from registry.open_data.csv_records import Bad, csv_records
from registry.open_data.files import NotOpenData, Source, open_source, sha256_of
from registry.open_data.json_records import EndsEarly, json_records
from registry.open_data.records import basic_record, card_record
from registry.states import IMPORT_MOVES, ImportState

BATCH = 2_000
LEASE = timedelta(minutes=3)
# A «complete» file with fewer records than this share of the last one marks nothing as missing.
LEAST_SHARE = 0.5
MOST_BAD_KEPT = 10_000

READERS: dict[str, tuple[Callable[..., Iterator[Any]], Callable[[Any], Any]]] = {
    FileKind.BASIC: (csv_records, basic_record),
    FileKind.CARDS: (json_records, card_record),
}


class LeaseLost(Exception):
    """Another worker has taken this import over."""


class CannotImport(Exception):
    """The import ends as failed; the word says why."""


def import_register_file(
    *,
    import_id: int,
    clock: Callable[[], datetime],
    batch: int = BATCH,
    told: Callable[[RegisterImport], None] | None = None,
) -> RegisterImport:
    """A file of the register's open data is taken over.

    1. Take the import, unless somebody else is at it or it is over. Safe to run twice.
    2. Look that the file is still the one that was begun and not older than what we have.
    3. Read it as a stream, a batch at a time: what is new or changed is written, broken records
       are set aside, and the place is noted, all in one transaction. A killed worker loses at most
       the batch in hand.
    4. At the end of a complete file mark what was missing from it. A file without one good record
       replaces nothing.
    """
    lease = uuid.uuid4().hex
    register_import = _take(import_id, lease, clock())
    if register_import is None:
        return RegisterImport.objects.get(pk=import_id)
    try:
        _look_at_file(register_import)
        _read_all(register_import, clock, batch, told)
        _finish(register_import, clock())
    except (NotOpenData, EndsEarly, CannotImport, OSError) as error:
        _fail(register_import, _reason(error), clock())
    except LeaseLost:
        register_import.refresh_from_db()
    return register_import


def _take(import_id: int, lease: str, at: datetime) -> RegisterImport | None:
    with transaction.atomic():
        found = RegisterImport.objects.select_for_update(of=("self",)).get(pk=import_id)
        is_held = found.leased_until is not None and found.leased_until > at
        if is_held or found.state not in {ImportState.QUEUED, ImportState.RUNNING}:
            return None
        found.state = IMPORT_MOVES.target("start_import", ImportState(found.state))
        found.lease, found.leased_until = lease, at + LEASE
        found.started_at = found.started_at or at
        found.save(update_fields=["state", "lease", "leased_until", "started_at"])
    return found


def _look_at_file(register_import: RegisterImport) -> None:
    digest = sha256_of(Path(register_import.path))
    if register_import.sha256 and register_import.sha256 != digest:
        raise CannotImport("file_changed")
    newer = RegisterImport.objects.done().filter(
        kind=register_import.kind, made_at__gt=register_import.made_at
    )
    if newer.exists():
        raise CannotImport("older_than_ours")
    _save_held(register_import, sha256=digest)


def _read_all(
    register_import: RegisterImport,
    clock: Callable[[], datetime],
    batch: int,
    told: Callable[[RegisterImport], None] | None,
) -> None:
    read, clean = READERS[register_import.kind]
    with open_source(Path(register_import.path)) as source:
        records = read(source.stream, after=register_import.position)
        told_at = register_import.per_cent
        while taken := list(islice(records, batch)):
            _write_batch(register_import, taken, clean, _share(source), clock())
            if told and register_import.per_cent >= told_at + 10:
                told_at = register_import.per_cent
                told(register_import)


def _share(source: Source) -> float:
    return min(1.0, source.stream.tell() / source.size) if source.size else 0.0


def _write_batch(
    register_import: RegisterImport,
    taken: list[Any],
    clean: Callable[[Any], Any],
    share: float,
    at: datetime,
) -> None:
    """Write one batch and the new place together; only who holds the lease may."""
    good, bad = _sort_out(taken, clean)
    with transaction.atomic():
        commit_without_waiting()
        counts = TAKE_OVER[register_import.kind](good, register_import)
        _set_aside(register_import, bad)
        _count_on(register_import, counts, len(bad))
        _save_held(
            register_import,
            position=taken[-1][1],
            share_read=share,
            leased_until=at + LEASE,
            **{
                name: getattr(register_import, name)
                for name in ("added", "changed", "unchanged", "set_aside")
            },
        )


def _sort_out(
    taken: list[Any], clean: Callable[[Any], Any]
) -> tuple[dict[str, Any], list[tuple[int, Bad]]]:
    """Part the good from the bad. Of two records of one organisation the later one holds."""
    good: dict[str, Any] = {}
    bad: list[tuple[int, Bad]] = []
    for begins, _ends, record in taken:
        try:
            if isinstance(record, Bad):
                raise record
            cleaned = clean(record)
            good[cleaned.registry_code] = cleaned
        except Bad as found:
            bad.append((begins, found))
    return good, bad


def _set_aside(register_import: RegisterImport, bad: list[tuple[int, Bad]]) -> None:
    room = max(0, MOST_BAD_KEPT - register_import.set_aside)
    BadRecord.objects.bulk_create(
        [
            BadRecord(
                register_import=register_import,
                position=position,
                reason=found.reason,
                registry_code=found.code[:20],
            )
            for position, found in bad[:room]
        ],
        ignore_conflicts=True,
    )


def _count_on(register_import: RegisterImport, counts: Counts, bad: int) -> None:
    register_import.added += counts.added
    register_import.changed += counts.changed
    register_import.unchanged += counts.unchanged
    register_import.set_aside += bad


def _save_held(register_import: RegisterImport, **values: Any) -> None:
    """Write to the row if it is still ours, and to the object alike."""
    held = RegisterImport.objects.filter(pk=register_import.pk, lease=register_import.lease)
    if not held.update(**values):
        raise LeaseLost
    for name, value in values.items():
        setattr(register_import, name, value)


def _finish(register_import: RegisterImport, at: datetime) -> None:
    if not register_import.good:
        raise CannotImport("no_good_record")
    with transaction.atomic():
        reason = ""
        if register_import.kind == FileKind.BASIC:
            reason = _mark_missing(register_import)
        register_import.seen_codes.all().delete()
        _save_held(
            register_import,
            state=IMPORT_MOVES.target("finish_import", ImportState(register_import.state)),
            finished_at=at,
            share_read=1,
            reason=reason,
            missing=register_import.missing,
            leased_until=None,
        )
    refresh_statistics(Organisation, OrganisationKey, Card, CardPerson, RepresentationRule)


def _mark_missing(register_import: RegisterImport) -> str:
    """What a complete file does not hold has left the register, or was never in the open data."""
    last = RegisterImport.objects.done().filter(kind=register_import.kind).first()
    if last is not None and register_import.good < last.good * LEAST_SHARE:
        return "too_short_to_mark_missing"
    seen = Exists(
        SeenCode.objects.filter(
            register_import=register_import, registry_code=OuterRef("registry_code")
        )
    )
    register_import.missing = (
        Organisation.objects.filter(missing_since__isnull=True)
        .filter(~seen)
        .update(missing_since=register_import.made_at)
    )
    Organisation.objects.filter(missing_since__isnull=False).filter(seen).update(missing_since=None)
    return ""


def _fail(register_import: RegisterImport, reason: str, at: datetime) -> None:
    try:
        _save_held(
            register_import,
            state=IMPORT_MOVES.target("fail_import", ImportState(register_import.state)),
            reason=reason,
            finished_at=at,
            leased_until=None,
        )
    except LeaseLost:
        register_import.refresh_from_db()


def _reason(error: Exception) -> str:
    if isinstance(error, EndsEarly):
        return "ends_early"
    if isinstance(error, OSError):
        return "not_readable"
    return str(error)
