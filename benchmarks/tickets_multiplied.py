"""Tickets by the million: a drawn part of them with all that belongs to it, copied within the server.

Each copy has its own key, number, client and moments (within minutes of the one it is a copy of), and
rows lie in the order of time, as they would after two years of work.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Max, Model, Value
from django.db.models.functions import Concat

from clients.models import Client
from common.models import NumberSeries
from common.words import create_index, drop_index
from inquiries.demo_rows import bare_table
from tickets.models import (
    Delivery,
    KeptReading,
    Ticket,
    TicketComment,
    TicketDeskWords,
    TicketEvent,
    TicketWords,
)

OF_A_TICKET = (TicketComment, TicketEvent, Delivery, KeptReading)
WORDS = (TicketWords, TicketDeskWords)
SECONDS = 600


def multiply_tickets(times: int) -> None:
    """Put so many copies in the place of every ticket. The drawn rows are the only ones, from key 1."""
    base = _highest(Ticket)
    counted = f"((substr(old.number, 10)::int - 1) * {times} + copy)::text"
    own = {
        "key": "gen_random_uuid()",
        "number": "CASE WHEN old.number = '' THEN '' ELSE substr(old.number, 1, 9)"
        f" || lpad({counted}, greatest(6, length({counted})), '0') END",
        "client_id": "CASE WHEN old.client_id IS NULL THEN NULL"
        f" ELSE 1 + floor({_highest(Client)} * power(random(), 2))::bigint END",
    }
    with transaction.atomic(), bare_table(is_large=True, table=Ticket._meta.db_table):
        _copy(Ticket, times, own)
        # Their numbers are those of the copies now; they go once nothing belongs to them any more.
        Ticket.objects.filter(pk__lte=base).exclude(number="").update(
            number=Concat(Value("old "), "number")
        )
    for model in OF_A_TICKET:
        with transaction.atomic(), bare_table(is_large=True, table=model._meta.db_table):
            _copy(model, times, {"ticket_id": f"{base} + (old.ticket_id - 1) * {times} + copy"})
            _throw_away(model, "ticket_id", base)
    for model in WORDS:
        with transaction.atomic(), connection.cursor() as cursor:
            _copy_words(cursor, model._meta.db_table, times, base)
    with transaction.atomic():
        _throw_away(Ticket, "id", base)
        NumberSeries.objects.filter(series="KLT").update(last=F("last") * times)


def _highest(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0)


def _copy(model: type[Model], times: int, given: dict[str, str]) -> None:
    """`given` says how a column differs from that of the original; moments are shifted alike everywhere."""
    table, base = model._meta.db_table, _highest(model)
    ticket = "old.id" if model is Ticket else "old.ticket_id"
    shift = f"interval '1 second' * (({ticket} * 31 + copy * 47) %% {SECONDS})"
    values: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        column = str(field.column)
        moves = isinstance(field, DateTimeField)
        values[column] = f'old."{column}" - {shift}' if moves else f'old."{column}"'
    values |= {"id": f"{base} + (old.id - 1) * {times} + copy", **given}
    names = ", ".join(f'"{column}"' for column in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values.values())}'  # our own names
            f' FROM (SELECT * FROM "{table}" WHERE id <= %(base)s ORDER BY id) old'
            f" CROSS JOIN generate_series(1, {times}) copy",
            {"base": base},
        )
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\""
        )


def _throw_away(model: type[Model], column: str, base: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE {column} <= %s', [base])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else no index can be made after


def _copy_words(cursor: Any, table: str, times: int, base: int) -> None:
    """A copy is found by the words of its original."""
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    drop_index(connection.schema_editor(), table)
    cursor.execute(
        f'INSERT INTO "{table}" (ticket_id, words)'  # our own names
        f" SELECT %s + (ticket_id - 1) * {times} + copy, words"
        f' FROM "{table}" CROSS JOIN generate_series(1, {times}) copy',
        [base],
    )
    cursor.execute(f'DELETE FROM "{table}" WHERE ticket_id <= %s', [base])
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    create_index(connection.schema_editor(), table, "ticket_id")
