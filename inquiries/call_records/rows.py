"""A file of records, row by row with its line number; a broken row costs itself and nothing after it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from inquiries.call_records.profile import Profile

LINE_BYTES = 20_000
BOM = b"\xef\xbb\xbf"
RAW_KEPT = 2_000


class BadRow(Exception):
    """A row that is set aside; the word says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoCall(Exception):
    """A row that is in order and speaks of no call of ours."""


@dataclass(frozen=True)
class Row:
    number: int  # of its line
    raw: str
    cells: dict[str, str] | list[str] | BadRow


def rows_of(stream: IO[bytes], profile: Profile, *, after: int = 0) -> Iterator[Row]:
    """Yield the rows that stand after that line. Raises BadRow where the file has not our columns."""
    columns = list(profile.columns)
    for number, raw in enumerate(_lines(stream), start=1):
        if number <= profile.header_lines:
            if number == 1:
                columns = _named(raw, profile, columns)
            continue
        if number > after and not (isinstance(raw, str) and not raw.strip()):
            yield _row(number, raw, profile, columns)


def _lines(stream: IO[bytes]) -> Iterator[str | BadRow]:
    is_first = True
    while raw := stream.readline(LINE_BYTES):
        is_cut = len(raw) >= LINE_BYTES and not raw.endswith(b"\n")
        if is_cut:
            while (rest := stream.readline(LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
        raw, is_first = raw.removeprefix(BOM) if is_first else raw, False
        yield BadRow("too_long") if is_cut else _decoded(raw)


def _decoded(raw: bytes) -> str | BadRow:
    if b"\0" in raw:
        return BadRow("zero_byte")
    try:
        return raw.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        return BadRow("not_utf8")


def _named(head: str | BadRow, profile: Profile, columns: list[str]) -> list[str]:
    if isinstance(head, BadRow):
        raise head
    named = [name.strip() for name in _cells(head, profile.delimiter)]
    if not profile.is_readable_by(set(named)):
        raise BadRow("columns_missing")
    return named


def _row(number: int, raw: str | BadRow, profile: Profile, columns: list[str]) -> Row:
    if isinstance(raw, BadRow):
        return Row(number, "", raw)
    try:
        cells = _cells(raw, profile.delimiter)
    except BadRow as bad:
        return Row(number, raw[:RAW_KEPT], bad)
    if profile.kind == "queue_log":
        return Row(number, raw, cells)
    if profile.header_lines:
        is_whole = len(cells) == len(columns)
    else:
        is_whole = profile.fewest_columns <= len(cells) <= len(columns)
    if not is_whole:
        return Row(number, raw[:RAW_KEPT], BadRow("wrong_number_of_columns"))
    return Row(number, raw, dict(zip(columns, cells, strict=False)))


def _cells(line: str, delimiter: str) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BadRow("broken_quotes") from error
