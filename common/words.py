"""Words kept of a text in one column, and asking for them: the one place where the engines differ.

PostgreSQL keeps them as a stored `tsvector` with a GIN index; SQLite as text, with an FTS5 index beside
the table that triggers keep up. What a word is, `common.base_forms` alone decides, on both alike.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Lookup

from common import base_forms
from common.base_forms import Asked

WRITTEN_AS = 2  # changes when rows are to be written anew though the words stay the same
MOST_MONTHS = 24


def kept(text: str) -> set[str]:
    return base_forms.kept(text, analyser=settings.WORD_ANALYSER)


def asked(text: str) -> list[Asked]:
    return base_forms.asked(text, analyser=settings.WORD_ANALYSER)


def stamp() -> str:
    """Changes when texts have to be kept anew: with the word lists, or another analyser."""
    return f"{settings.WORD_ANALYSER}-{base_forms.stamp()}-{WRITTEN_AS}"


def month_word(day: date) -> str:
    """What no text holds: the month of a row, kept with its words so that one index answers for both."""
    return f"month{day:%Y%m}"


def of_months(since: date, until: date) -> list[Asked]:
    """Ask for rows of these months; of more than two years the words alone are the better question."""
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    if months > MOST_MONTHS:
        return []
    first = since.year * 12 + since.month - 1
    days = [date(at // 12, at % 12 + 1, 1) for at in range(first, first + months)]
    return [Asked(frozenset(map(month_word, days)))]


class WordsField(models.Field):
    """A set of base forms; written whole, asked by `__holding`, never shown."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        return written(value, connection.vendor)


def written(forms: Collection[str], vendor: str) -> str:
    """As the engine takes a set of base forms; they hold letters and digits only."""
    if vendor == "postgresql":
        return " ".join(f"'{form}'" for form in sorted(forms))
    return " ".join(sorted(forms))


@WordsField.register_lookup
class Holding(Lookup):
    """Holds every asked word in one of its forms. The right side is a list of `Asked`."""

    lookup_name = "holding"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return ("%s", [])

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*parameters, _question(self.rhs, "'", ":*", "|", "&"))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        options = self.lhs.target.model._meta
        quoted = connection.ops.quote_name
        key = f"{quoted(self.lhs.alias)}.{quoted(options.pk.column)}"
        index = quoted(f"{options.db_table}_fts")
        found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608  # our own names
        return f"{key} IN ({found})", (_question(self.rhs, '"', "*", "OR", "AND"),)


@WordsField.register_lookup
class HoldingWalked(Holding):
    """The same, asked of one row after another: PostgreSQL is kept from its index of words.

    For a list that is cut off early: of words that many rows hold, the newest are found by walking the
    list, while the planner, which takes words for independent of each other, would gather them all.
    """

    lookup_name = "holding_walked"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        asked, parameters = super().as_postgresql(compiler, connection)
        return f"COALESCE({asked}, false)", parameters  # of which it expects every second row


EVERYTHING = 100_000_000


def is_held_by_more(holding: models.QuerySet[Any], most: int) -> bool:
    """Whether more rows than so many hold it: counted, since what the planner reckons of several words
    is far off. SQLite gathers the keys in any case, so there it is not asked."""
    if connection.vendor != "postgresql":
        return False
    return holding.order_by().values("pk")[: most + 1].count() > most


def expected(holding: models.QuerySet[Any]) -> int | None:
    """How many rows are held, as PostgreSQL reckons; it keeps a long list of how common each word is.

    It knows that, but where a list is cut off early it does not choose well by itself: of a word that
    every twentieth text has, the newest rows are found by walking the list and looking at each; of a
    rare word that would walk the whole list. SQLite does not reckon, and gathers the keys in any case.
    """
    if connection.vendor != "postgresql":
        return None
    (told,) = json.loads(holding.explain(format="json"))
    return int(told["Plan"]["Plan Rows"])


def gathered(holding: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The keys of these rows, gathered first: a limit keeps the planner from mixing the two steps."""
    return holding.values("pk")[:EVERYTHING]


def _question(asked: Sequence[Asked], quote: str, cut: str, either: str, both: str) -> str:
    words = [
        [f"{quote}{form}{quote}" for form in sorted(word.forms)]
        + ([f"{quote}{word.beginning}{quote}{cut}"] if word.beginning else [])
        for word in asked
    ]
    return f" {both} ".join(f"({f' {either} '.join(ways)})" for ways in words)


def create_index(schema_editor: BaseDatabaseSchemaEditor, table: str, key: str) -> None:
    """For a migration: the index by which words are found; `key` is the table's primary key."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f'CREATE INDEX "{table}_words" ON "{table}" USING gin (words) WITH (fastupdate = off)'
        )
        # How common a word is, is known of some ten thousand words, not of one thousand.
        schema_editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN words SET STATISTICS 1000')
        return
    schema_editor.execute(
        f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5(words, content="{table}",'
        f' content_rowid="{key}", detail=none, tokenize="unicode61 remove_diacritics 0")'
    )
    gone = f'INSERT INTO "{table}_fts"("{table}_fts", rowid, words) VALUES (\'delete\', old."{key}", old.words)'  # noqa: S608  # our own names
    come = f'INSERT INTO "{table}_fts"(rowid, words) VALUES (new."{key}", new.words)'  # noqa: S608  # our own names
    for event, done in (("INSERT", [come]), ("DELETE", [gone]), ("UPDATE", [gone, come])):
        schema_editor.execute(
            f'CREATE TRIGGER "{table}_fts_{event.lower()}" AFTER {event} ON "{table}"'
            f" BEGIN {'; '.join(done)}; END"
        )
    schema_editor.execute(f'INSERT INTO "{table}_fts"("{table}_fts") VALUES (\'rebuild\')')  # noqa: S608  # our own names


def drop_index(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP INDEX "{table}_words"')
        return
    for event in ("insert", "delete", "update"):
        schema_editor.execute(f'DROP TRIGGER "{table}_fts_{event}"')
    schema_editor.execute(f'DROP TABLE "{table}_fts"')
