from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from clients.folding import fold
from common.actions import store_file
from common.file_types import CSV, XLSX
from common.refusals import Refusal
from common.uploads import check_upload
from inquiries.models import PastImport, PastProfile
from inquiries.past.fields import guess_columns
from inquiries.past.moments import guess_day_first
from inquiries.past.tables import NotATable, Shape, guess_shape, headings_of
from inquiries.past_files import column, sealed
from inquiries.states import Outcome

DATES_LOOKED_AT = 2_000


class NoTable(Refusal):
    """The file came through the gate, but there is no table in it."""

    code = "no_table"
    sentence = _("No table was found in the file.")


def receive_past_file(
    *,
    file: UploadedFile,
    source: str,
    holds: str,
    profile: PastProfile | None = None,
    by: User,
    at: datetime,
) -> PastImport:
    """Somebody brings the table of an older system.

    1. Let it in through the gate: text or a workbook, and nothing else.
    2. Guess how it is to be read and what its columns hold; a profile goes before the guess.
    3. Keep the file encrypted, and log who brought it. Nothing is taken over yet.

    Raises UploadRefused, NoTable.
    """
    upload = check_upload(file, allowed={CSV, XLSX})
    try:
        shape = guess_shape(upload.content)
        headings = headings_of(upload.content, shape)
        columns = columns_for(headings, profile)
        day_first = _day_first(upload.content, shape, columns)
    except NotATable as error:
        raise NoTable from error
    if not headings:
        raise NoTable
    with transaction.atomic():
        past_import = PastImport.objects.create(
            source=source.strip(),
            holds=holds,
            file=store_file(upload=sealed(upload), by=by, at=at),
            file_name=upload.name,
            file_size=upload.size,
            sheet=shape.sheet,
            encoding=shape.encoding,
            delimiter=shape.delimiter,
            heading_row=shape.heading_row,
            headings=headings,
            columns=columns,
            day_first=profile.day_first if profile else day_first,
            zone=profile.zone if profile else "Europe/Tallinn",
            fallbacks=profile.fallbacks if profile else usual_fallbacks(by),
            requested_at=at,
            requested_by=by,
        )
        if profile:
            past_import.values.bulk_create(_values_of(profile, past_import))
        record_access(what="inquiry.import", by=by, at=at, subject=past_import)
    return past_import


def usual_fallbacks(by: User) -> dict[str, str]:
    return {
        "channel": "phone",
        "language": "et",
        "agent": str(by.pk),
        "outcome": Outcome.SOLVED.value,
        "topic": "",
        "county": "",
    }


def columns_for(headings: list[str], profile: PastProfile | None) -> dict[str, str]:
    """Field by the place of its column, as text: that is how JSON keeps it."""
    found = guess_columns(headings)
    if profile:
        known = {
            place: profile.columns[fold(heading)]
            for place, heading in enumerate(headings)
            if fold(heading) in profile.columns
        }
        taken = set(known.values())
        found = {place: name for place, name in found.items() if name not in taken} | known
    return {str(place): name for place, name in sorted(found.items()) if name}


def _day_first(content: bytes, shape: Shape, columns: dict[str, str]) -> bool:
    for place, name in columns.items():
        if name == "started_at":
            return guess_day_first(column(content, shape, int(place), most=DATES_LOOKED_AT))
    return True


def _values_of(profile: PastProfile, past_import: PastImport) -> list:
    model = past_import.values.model
    return [
        model(past_import=past_import, field=name, key=key, text=key, ours=ours)
        for name, words in profile.values.items()
        for key, ours in words.items()
    ]
