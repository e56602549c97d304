"""Hundreds of thousands of rows at once, with ids given beforehand.

PostgreSQL takes them by COPY, SQLite by one prepared statement: the one place for that here.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def next_id(model: type[models.Model]) -> int:
    return (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def write_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    for batch in _batches(rows):
        values = (
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            for row in batch
        )
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                statement = f"COPY {table} ({columns}) FROM STDIN"
                cursor.copy_expert(statement, _as_text(values))
            else:
                places = ", ".join(["%s"] * len(fields))
                insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # our names
                cursor.executemany(insert, list(values))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def _batches(rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _as_text(values: Iterable[list[object]]) -> io.StringIO:
    return io.StringIO("".join("\t".join(map(_as_column, row)) + "\n" for row in values))


def _as_column(value: object) -> str:
    return r"\N" if value is None else str(value).translate(ESCAPED)
