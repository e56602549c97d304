from typing import Any

from django.db import models


class FoldedField(models.CharField):
    """Folded text in byte order on both engines.

    PostgreSQL gets the "C" collation, so that one B-tree serves «begins with» and the order;
    SQLite compares bytes anyway.
    """

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
