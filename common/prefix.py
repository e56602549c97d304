"""`field__prefix="mari"`: begins with, by an ordinary B-tree index on both engines.

PostgreSQL uses the field's varchar_pattern_ops index (Django makes it for `db_index=True`), SQLite
a range over the binary order. The value must already be folded: the comparison is exact.
"""

from typing import Any

from django.db.models import CharField, Lookup, TextField

HIGHEST = "\U0010ffff"


@CharField.register_lookup
@TextField.register_lookup
class Prefix(Lookup):
    lookup_name = "prefix"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", (*parameters, f"{escaped}%")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        low = str(self.rhs)
        return f"({column} >= %s AND {column} < %s)", (*parameters, low, *parameters, low + HIGHEST)
