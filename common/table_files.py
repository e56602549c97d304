"""A table as a file to take along: CSV as a stream, or a workbook; a cell is never taken for a formula."""

import csv
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_IN_MEMORY = 2_000_000  # bytes; a larger workbook waits on the disk

Lines = Iterable[Sequence[str]]


def safe(text: str) -> str:
    """A spreadsheet takes a text that begins so for a formula, some of them after a space as well."""
    first = unicodedata.normalize(
        "NFKC", text.lstrip(" \u00a0")[:1]
    )  # the wide signs of East Asia too
    return f"'{text}" if first and first in "=+-@\t\r\n" else text


class Echo:
    """A file to csv.writer that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_file(lines: Lines, name: str) -> StreamingHttpResponse:
    """One line after another, never all in memory; Excel knows it by its first mark."""
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv(lines: Lines) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";")
    for number, line in enumerate(lines):
        yield "\ufeff" * (number == 0) + writer.writerow(line)


def xlsx_file(lines: Lines, name: str) -> FileResponse:
    """A workbook of one sheet, written row by row; what no workbook may hold is left out of a cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in line])
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
