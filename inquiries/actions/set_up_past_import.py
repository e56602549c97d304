from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.folding import fold
from common.hurry import hurry
from common.refusals import Refusal
from common.states import MoveNotAllowed
from inquiries import tasks
from inquiries.actions.receive_past_file import NoTable, columns_for
from inquiries.models import PastImport, PastProfile, PastValue
from inquiries.past.tables import NotATable, Shape, headings_of
from inquiries.past_files import FileGone, content_of
from inquiries.past_judging import choices_of
from inquiries.states import PAST_MOVES, PastImportState


class ColumnMissing(Refusal):
    code = "column_missing"
    sentence = _("Say which column holds the date: without it an inquiry has no place in time.")


class NameColumnMissing(Refusal):
    code = "name_column_missing"
    sentence = _("Say which column holds the name: without it there is no client.")


class ColumnTwice(Refusal):
    code = "column_twice"
    sentence = _("Two columns are said to hold the same.")


def locked(past_import: PastImport) -> PastImport:
    return PastImport.objects.select_for_update(of=("self",)).get(pk=past_import.pk)


def reshape_past_import(
    *, past_import: PastImport, shape: Shape, by: User, at: datetime
) -> PastImport:
    """The file is to be read in another way: another sheet, encoding, delimiter or heading.

    1. Read its headings in that way, and guess anew what the columns hold.

    Raises MoveNotAllowed, NoTable.
    """
    try:
        headings = headings_of(content_of(past_import), shape)
    except (NotATable, FileGone) as error:
        raise NoTable from error
    if not headings:
        raise NoTable
    with transaction.atomic():
        past_import = locked(past_import)
        _set_up(past_import)
        past_import.sheet, past_import.encoding = shape.sheet, shape.encoding
        past_import.delimiter, past_import.heading_row = shape.delimiter, shape.heading_row
        past_import.headings, past_import.columns = headings, columns_for(headings, None)
        past_import.save()
    return past_import


def request_past_trial(
    *,
    past_import: PastImport,
    columns: Mapping[str, str],
    fallbacks: Mapping[str, str],
    day_first: bool,
    zone: str,
    by: User,
    at: datetime,
) -> PastImport:
    """Somebody says what the columns hold and asks what would come of it.

    1. Look that what cannot be done without is there.
    2. Write down that a trial is owed, and hurry the worker.

    Raises ColumnMissing, NameColumnMissing, ColumnTwice, MoveNotAllowed.
    """
    held = [name for name in columns.values() if name]
    if len(held) != len(set(held)):
        raise ColumnTwice
    if past_import.of_clients and not {"client_name", "first_name", "last_name"} & set(held):
        raise NameColumnMissing
    if not past_import.of_clients and "started_at" not in held:
        raise ColumnMissing
    with transaction.atomic():
        past_import = locked(past_import)
        past_import.columns = {place: name for place, name in columns.items() if name}
        past_import.fallbacks = {**past_import.fallbacks, **fallbacks}
        past_import.day_first, past_import.zone = day_first, zone
        _ask(past_import, "ask_trial")
    return past_import


def match_past_values(
    *, past_import: PastImport, matches: Mapping[int, str], by: User, at: datetime
) -> PastImport:
    """Somebody says what words of the old system mean; the file is tried again.

    1. Keep each match that is one of our choices, by the id of the word.
    2. Write down that a trial is owed.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        past_import = locked(past_import)
        values = list(past_import.values.filter(pk__in=matches))
        offered = {
            name: {"", *(ours for ours, _label in choices_of(name))}
            for name in {value.field for value in values}
        }
        for value in values:
            if matches[value.pk] in offered[value.field]:
                value.ours = matches[value.pk]
        PastValue.objects.bulk_update(values, ["ours"])
        _ask(past_import, "ask_trial")
    return past_import


def save_past_profile(*, past_import: PastImport, name: str, by: User, at: datetime) -> PastProfile:
    """How this file is read is kept under a name, for the next one of its kind.

    1. Keep what each heading holds, what words mean, and the rest; a profile of that name is
       written over.
    """
    values: dict[str, dict[str, str]] = {}
    for value in past_import.values.exclude(ours=""):
        values.setdefault(value.field, {})[value.key] = value.ours
    kept: dict[str, Any] = {
        "columns": {
            fold(past_import.headings[place]): field
            for place, field in past_import.fields.items()
            if place < len(past_import.headings)
        },
        "values": values,
        "fallbacks": past_import.fallbacks,
        "day_first": past_import.day_first,
        "zone": past_import.zone,
        "saved_at": at,
        "saved_by": by,
    }
    profile, _is_new = PastProfile.objects.update_or_create(name=name, defaults=kept)
    return profile


def _set_up(past_import: PastImport) -> None:
    """Raises MoveNotAllowed. What has begun to be written cannot be set up anew."""
    if past_import.failed_at_state in {PastImportState.RUNNING, PastImportState.UNDOING}:
        raise MoveNotAllowed(state=PastImportState(past_import.state).label)
    past_import.state = PAST_MOVES.target("set_up", PastImportState(past_import.state))
    past_import.reason = past_import.failed_at_state = ""


def _ask(past_import: PastImport, move: str) -> None:
    """Write down that a worker owes this; it begins at the first line."""
    if past_import.state == PastImportState.FAILED:
        _set_up(past_import)
    past_import.state = PAST_MOVES.target(move, PastImportState(past_import.state))
    past_import.position = past_import.rows = 0
    past_import.leased_until = None
    past_import.save()
    hurry(tasks.work_on_past_import, import_id=past_import.pk)
