"""A file as rows of cells, one after another: separated text or one sheet of a workbook."""

import csv
import datetime as dt
import io
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import openpyxl

from inquiries.past.encodings import ENCODINGS, decoded, guess_delimiter, guess_encoding

# A cell of text, or what a workbook knows to be a moment.
Cell = str | dt.datetime | dt.date | dt.time
MOST_COLUMNS = 256
MOST_ROWS = 1_048_576  # as many as a sheet can have
MOST_EMPTY_ROWS = 10_000  # in a row: what comes after is not looked for
LONGEST_CELL = 20_000
LINES_OF_A_RECORD = 500
HEADING_WITHIN = 20
FORMULA_SIGNS = "=+-@"


class NotATable(Exception):
    """The file cannot be read as a table."""


class Unusable(Exception):
    """A row that is set aside; the word says why, and which field and text it was."""

    def __init__(self, reason: str, field: str = "", shown: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field, self.shown = reason, field, shown[:80]


@dataclass(frozen=True)
class Shape:
    """How a file is to be read; empty words for what its kind does not have."""

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    heading_row: int = 1


# The line where a row begins, as the person sees it, and its cells or why there are none.
Row = tuple[int, list[Cell] | Unusable]


def sheets_of(content: bytes) -> list[str]:
    """Raises NotATable. A text file has no sheets."""
    if not content.startswith(b"PK"):
        return []
    book = _opened(content)
    names = [sheet.title for sheet in book.worksheets]
    book.close()
    return names


def guess_shape(content: bytes) -> Shape:
    """Raises NotATable."""
    sheets = sheets_of(content)
    if sheets:
        shape = Shape(sheet=sheets[0])
    else:
        encoding = guess_encoding(content)
        shape = Shape(encoding=encoding, delimiter=guess_delimiter(decoded(content, encoding)))
    first = list(islice(rows_of(content, shape), HEADING_WITHIN))
    return replace(shape, heading_row=_heading_row(first))


def _heading_row(rows: Sequence[Row]) -> int:
    """The first row as wide as any near it that holds words only."""
    widths = {line: _filled(cells) for line, cells in rows}
    widest = max(widths.values(), default=0)
    for line, cells in rows:
        if widths[line] * 3 >= widest * 2 and not isinstance(cells, Unusable):
            return line
    return 1


def _filled(cells: list[Cell] | Unusable) -> int:
    return 0 if isinstance(cells, Unusable) else sum(1 for cell in cells if cell != "")


def headings_of(content: bytes, shape: Shape) -> list[str]:
    """Raises NotATable."""
    for line, cells in rows_of(content, shape):
        if line >= shape.heading_row:
            return [] if isinstance(cells, Unusable) else [str(cell).strip() for cell in cells]
    return []


def rows_below(content: bytes, shape: Shape, *, after: int = 0) -> Iterator[Row]:
    """Yield the rows below the heading and after that line. Raises NotATable."""
    last = max(shape.heading_row, after)
    return (row for row in rows_of(content, shape) if row[0] > last)


def rows_of(content: bytes, shape: Shape) -> Iterator[Row]:
    """Yield all rows that hold anything, the headings too. Raises NotATable."""
    return _sheet_rows(content, shape) if content.startswith(b"PK") else _text_rows(content, shape)


def _opened(content: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which nobody reads here
            return openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
    except Exception as error:  # a broken workbook can raise anything in the library
        raise NotATable from error


def _sheet_rows(content: bytes, shape: Shape) -> Iterator[Row]:
    """What a formula came to when the file was saved is read; the formula is not looked at."""
    book = _opened(content)
    try:
        yield from _filled_rows(book[shape.sheet])
    except Exception as error:  # as above: parts of the archive are read only now
        raise NotATable from error
    finally:
        book.close()


def _filled_rows(sheet: Any) -> Iterator[Row]:
    empty = 0
    sheet.reset_dimensions()  # what the sheet says of its own size may be wrong
    found = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for line, values in enumerate(found, start=1):
        filled = max(
            (place for place, value in enumerate(values, 1) if value is not None), default=0
        )
        cells = _without_end([_cell(value) for value in values[:filled]])
        empty = 0 if cells else empty + 1
        if empty > MOST_EMPTY_ROWS:
            return
        if cells:
            yield line, _checked(cells)


def _cell(value: Any) -> Cell:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _without_end(cells: list[Cell]) -> list[Cell]:
    while cells and (cells[-1] == "" or (isinstance(cells[-1], str) and not cells[-1].strip())):
        cells.pop()
    return cells


def _checked(cells: list[Cell]) -> list[Cell] | Unusable:
    for cell in cells:
        if isinstance(cell, str):
            if "\ufffd" in cell or "\0" in cell:
                return Unusable("not_readable")
            if len(cell) > LONGEST_CELL:
                return Unusable("too_long")
    return [_plain(cell) for cell in cells]


def _plain(cell: Cell) -> Cell:
    """Our own exports put a quotation mark before what a spreadsheet would take for a formula."""
    if not isinstance(cell, str):
        return cell
    cell = cell.encode("utf-8", "ignore").decode().strip()
    if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA_SIGNS:
        return cell[1:]
    return cell


def _text_rows(content: bytes, shape: Shape) -> Iterator[Row]:
    if shape.encoding not in ENCODINGS or len(shape.delimiter) != 1:
        raise NotATable
    text = decoded(content, shape.encoding)
    for line, cells in _records(text, shape.delimiter):
        if isinstance(cells, Unusable):
            yield line, cells
        elif len(cells) > MOST_COLUMNS:
            yield line, Unusable("too_many_cells")
        elif filled := _without_end(list(cells)):
            yield line, _checked(filled)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | Unusable]]:
    """Part the text into records. A quotation mark that nobody closes costs its own line only."""
    waiting = deque(io.StringIO(text, newline=""))
    line = 1
    while waiting:
        record, count = _whole(waiting)
        cells = _cells(record, delimiter)
        if cells is None and count > 1:
            record, count = waiting[0], 1
            cells = _cells(record, delimiter)
        for _ in range(count):
            waiting.popleft()
        yield line, cells if cells is not None else Unusable("broken_quotes")
        line += count


def _whole(waiting: deque[str]) -> tuple[str, int]:
    """Return the text of the next record and how many lines it takes: its quotation marks are even."""
    if waiting[0].count('"') % 2 == 0:
        return waiting[0], 1
    taken, is_open = [waiting[0]], True
    for line in islice(waiting, 1, LINES_OF_A_RECORD):
        taken.append(line)
        is_open ^= line.count('"') % 2 == 1
        if not is_open:
            return "".join(taken), len(taken)
    return waiting[0], 1


def _cells(record: str, delimiter: str) -> list[str] | None:
    try:
        found = list(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(found) > 1:
        return None
    return found[0] if found else []
