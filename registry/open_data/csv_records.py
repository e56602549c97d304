"""lihtandmed.csv, record by record; a broken line costs itself and nothing after it."""

import csv
from collections.abc import Iterator
from typing import IO

from registry.open_data.files import BOM, NotOpenData

LINE_BYTES = 200_000
LINES_OF_A_RECORD = 20
REQUIRED = frozenset({"nimi", "ariregistri_kood", "ettevotja_staatus"})


class Bad(Exception):
    """A record that is set aside; the word says why."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


Row = dict[str, str]
# Where a record begins, where reading would go on after it, and the record or why it is none.
Read = tuple[int, int, Row | Bad]


def csv_records(stream: IO[bytes], *, after: int = 0) -> Iterator[Read]:
    """Yield the records that begin after that line. Raises NotOpenData for a file without our columns."""
    lines = _Lines(stream)
    columns = _columns(lines)
    while lines.number < after and lines.read() is not None:
        pass
    while (line := lines.read()) is not None:
        begins = lines.number
        if not isinstance(line, Bad) and not line.strip():
            continue
        row = line if isinstance(line, Bad) else _row(line, lines, columns)
        yield begins, lines.number, row


def _columns(lines: "_Lines") -> list[str]:
    head = lines.read()
    if not isinstance(head, str):
        raise NotOpenData("no_header")
    columns = [name.strip().strip('"') for name in head.rstrip("\r\n").split(";")]
    if not set(columns) >= REQUIRED:
        raise NotOpenData("columns_missing")
    return columns


def _row(line: str, lines: "_Lines", columns: list[str]) -> Row | Bad:
    if '"' not in line:
        cells = line.rstrip("\r\n").split(";")
    else:
        try:
            cells = _quoted(line, lines)
        except csv.Error:
            return Bad("broken_quotes")
    if len(cells) != len(columns):
        return Bad("wrong_number_of_columns")
    return dict(zip(columns, cells, strict=True))


def _quoted(line: str, lines: "_Lines") -> list[str]:
    """Parse a line with quotation marks, with as many more lines as its open quote takes in."""
    taken: list[str] = []
    while True:
        try:
            return next(csv.reader(["".join([line, *taken])], delimiter=";", strict=True))
        except csv.Error as error:
            more = lines.read() if "unexpected end" in str(error) else None
            if not isinstance(more, str) or len(taken) >= LINES_OF_A_RECORD:
                # It was no open quote: give the lines back, they are records of their own.
                lines.give_back([*taken, *([more] if more is not None else [])])
                raise
            taken.append(more)


class _Lines:
    """Decoded lines with their numbers, none longer than a record may be."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.number = 0
        self.waiting: list[str | Bad] = []

    def read(self) -> str | Bad | None:
        if self.waiting:
            self.number += 1
            return self.waiting.pop(0)
        raw = self.stream.readline(LINE_BYTES)
        if not raw:
            return None
        self.number += 1
        if self.number == 1:
            raw = raw.removeprefix(BOM)
        if len(raw) >= LINE_BYTES and not raw.endswith(b"\n"):
            self._skip_rest()
            return Bad("too_long")
        if b"\0" in raw:
            return Bad("zero_byte")
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return Bad("not_utf8")

    def give_back(self, lines: list[str | Bad]) -> None:
        self.number -= len(lines)
        self.waiting = [*lines, *self.waiting]

    def _skip_rest(self) -> None:
        while (raw := self.stream.readline(LINE_BYTES)) and not raw.endswith(b"\n"):
            pass
