"""Inquiries by the million: a drawn part of them, copied many times within the server.

Each copy has its own client, key, number and moment (within minutes of the one it is a copy of), and
rows lie in the table in the order of time, as they would after two years of work.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max

from clients.models import Client
from common.models import NumberSeries
from common.words import create_index, drop_index
from inquiries.demo_rows import TABLE, bare_table
from inquiries.models import Inquiry, InquiryWords

WORDS = InquiryWords._meta.db_table
MOMENTS = ("started_at", "ended_at", "wrapped_up_at", "state_since", "callback_due_at")
MINUTES = 10


def multiply_inquiries(times: int) -> None:
    """Put so many copies in the place of every inquiry."""
    highest = {
        model: model.objects.aggregate(highest=Max("pk"))["highest"] for model in (Inquiry, Client)
    }
    columns = [str(field.column) for field in Inquiry._meta.concrete_fields]
    values: dict[str, Any] = {column: f'old."{column}"' for column in columns}
    place = f"%(base)s + (old.id - 1) * {times} + copy"
    values["id"] = place
    values["key"] = "gen_random_uuid()"
    counted = f"((substr(old.number, 8)::int - 1) * {times} + copy)::text"
    values["number"] = (
        f"substr(old.number, 1, 7) || lpad({counted}, greatest(6, length({counted})), '0')"
    )
    values["client_id"] = (
        "CASE WHEN old.client_id IS NULL THEN NULL"
        " ELSE 1 + floor(%(clients)s * power(random(), 2))::bigint END"
    )
    values["follow_up_of_id"] = place.replace("old.id", "old.follow_up_of_id")
    values |= {moment: f'old."{moment}" - shift' for moment in MOMENTS}
    names = ", ".join(f'"{column}"' for column in columns)
    insert = (
        f'INSERT INTO "{TABLE}" ({names}) SELECT {", ".join(values.values())}'  # our names
        f' FROM (SELECT * FROM "{TABLE}" WHERE id <= %(base)s ORDER BY id) old'
        f" CROSS JOIN LATERAL (SELECT copy, random() * interval '{MINUTES} minutes' * sign(old.id)"
        f" AS shift FROM generate_series(1, {times}) copy) copies"
    )
    given = {"base": highest[Inquiry], "clients": highest[Client]}
    with transaction.atomic(), bare_table(is_large=True), connection.cursor() as cursor:
        cursor.execute(insert, given)
        copy_words(cursor, times, highest[Inquiry])
        cursor.execute(f'DELETE FROM "{TABLE}" WHERE id <= %(base)s', given)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else no index can be made after
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'), max(id)) FROM \"{TABLE}\""
        )
        NumberSeries.objects.filter(series="P").update(last=F("last") * times)


def copy_words(cursor: Any, times: int, base: int) -> None:
    """A copy is found by the words of its original; the few minutes between them change no month worth counting."""
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    drop_index(connection.schema_editor(), WORDS)
    cursor.execute(
        f'INSERT INTO "{WORDS}" (inquiry_id, words)'  # our own names
        f" SELECT %s + (inquiry_id - 1) * {times} + copy, words"
        f' FROM "{WORDS}" CROSS JOIN generate_series(1, {times}) copy',
        [base],
    )
    cursor.execute(f'DELETE FROM "{WORDS}" WHERE inquiry_id <= %s', [base])
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    create_index(connection.schema_editor(), WORDS, "inquiry_id")
