"""Rows of the table of inquiries by the million: plain values, given as text.

PostgreSQL takes them by COPY, SQLite by one prepared statement. For a very large load on PostgreSQL
what is checked and kept row by row (foreign keys, indexes) is put aside and made anew at the end.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection

from inquiries.models import Inquiry

BATCH = 5_000
TABLE = Inquiry._meta.db_table
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose values are text, numbers, booleans or None; text needs no quoting."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f'COPY "{TABLE}" ({names}) FROM STDIN', CopyStream(rows))
        else:
            places = ", ".join(["%s"] * len(columns))
            insert = f'INSERT INTO "{TABLE}" ({names}) VALUES ({places})'  # noqa: S608  # our names
            source = iter(rows)
            while batch := list(islice(source, BATCH)):
                cursor.executemany(insert, batch)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Inquiry]):
            cursor.execute(statement)


class CopyStream:
    """The rows as a file that COPY reads, made while it reads."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.lines = (
            "\t".join([r"\N" if value is None else str(value) for value in row]) + "\n"
            for row in rows
        )
        self.rest = b""

    def read(self, size: int) -> bytes:
        while len(self.rest) < size and (lines := list(islice(self.lines, 500))):
            self.rest += "".join(lines).encode()
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def copied(text: str) -> str:
    """Text that may stand in a line of COPY; escaped once, where the texts are read."""
    return text.translate(ESCAPED) if connection.vendor == "postgresql" else text


@contextmanager
def bare_table(*, is_large: bool, table: str = TABLE) -> Iterator[None]:
    """Put foreign keys and indexes aside while a very large load runs, and make them anew."""
    if not is_large or connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('f', 'u')",
            [table],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = %s::regclass"
            " AND NOT i.indisprimary AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)",
            [table],
        )
        indexes = cursor.fetchall()
        for name, _definition in constraints:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(f'ANALYZE "{table}"')
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("RESET synchronous_commit")
