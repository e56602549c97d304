"""A table beside another that keeps the words of its texts, so that the rows themselves stay narrow.

A change of state would else write all words of the index anew with the row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from common.words import kept, month_word

BATCH = 2_000


@dataclass(frozen=True)
class WordsTable:
    """Whose words, in which table, and out of which fields; with the month of a moment, if one is named."""

    words: type[Model]
    of: type[Model]
    fields: tuple[str, ...]
    moment: str = ""

    def write(self, records: Iterable[Any]) -> None:
        """Keep the words of these records, in place of those kept before."""
        key = self.words._meta.pk
        made = [
            self.words(**{key.attname: record.pk, "words": self._kept(record)})
            for record in records
        ]
        self.words._default_manager.bulk_create(
            made, update_conflicts=True, unique_fields=[key.name], update_fields=["words"]
        )

    def _kept(self, record: Any) -> set[str]:
        words = kept(self.text(record))
        if self.moment:
            words.add(month_word(timezone.localtime(getattr(record, self.moment)).date()))
        return words

    def text(self, record: Any) -> str:
        return "\n".join(str(getattr(record, name)) for name in self.fields)

    def write_after(self, key: int, *, size: int = BATCH) -> int | None:
        """Keep the words of the next rows by key; return the last key, or None at the end."""
        columns = [*self.fields, self.moment] if self.moment else self.fields
        rows = list(
            self.of._default_manager.filter(pk__gt=key).order_by("pk").only(*columns)[:size]
        )
        self.write(rows)
        return rows[-1].pk if len(rows) == size else None

    def write_all(self) -> None:
        key: int | None = 0
        while key is not None:
            key = self.write_after(key)


TABLES: list[WordsTable] = []


def register(table: WordsTable) -> None:
    """An app names the table of its words, in `AppConfig.ready()`."""
    TABLES.append(table)
