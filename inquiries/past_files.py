"""The file of an import: kept encrypted, since it may hold personal codes in clear."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from common.encryption import UnreadableToken, decrypt_bytes, encrypt_bytes
from common.uploads import CheckedUpload
from inquiries.models import PastImport
from inquiries.past.rows import masked_cell
from inquiries.past.tables import Cell, NotATable, Shape, Unusable, rows_below

SAMPLES = 5


class FileGone(Exception):
    """The file was taken away after its time, or cannot be decrypted any more."""


def sealed(upload: CheckedUpload) -> CheckedUpload:
    return replace(upload, content=encrypt_bytes(upload.content))


def content_of(past_import: PastImport) -> bytes:
    """Raises FileGone."""
    if past_import.file is None:
        raise FileGone
    try:
        with past_import.file.file.open("rb") as stored:
            return decrypt_bytes(stored.read())
    except (OSError, UnreadableToken) as error:
        raise FileGone from error


def samples(content: bytes, shape: Shape, fields: dict[int, str], *, width: int) -> list[list[str]]:
    """The first rows as a page may show them, by column; raises NotATable."""
    first = [cells for _line, cells in islice(rows_below(content, shape), SAMPLES)]
    rows = [cells for cells in first if not isinstance(cells, Unusable)]
    return [
        [
            masked_cell(cells[place], fields.get(place, "")) if place < len(cells) else ""
            for cells in rows
        ]
        for place in range(width)
    ]


def column(content: bytes, shape: Shape, place: int, *, most: int) -> list[Cell]:
    """The first cells of one column; raises NotATable."""
    rows: Iterator[Sequence[Cell] | Unusable] = (
        cells for _line, cells in islice(rows_below(content, shape), most)
    )
    return [row[place] for row in rows if not isinstance(row, Unusable) and place < len(row)]


__all__ = ["FileGone", "NotATable", "column", "content_of", "samples", "sealed"]
