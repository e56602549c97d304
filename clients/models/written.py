from datetime import datetime
from typing import Any

from django.db import models


class Written(models.Model):
    """Base of records whose versions say who wrote them, when and why."""

    class Meta:
        abstract = True

    def written_by(self, by: Any, at: datetime, why: str = "") -> None:
        """Name the writer of the version that the next save or delete makes."""
        self._history_user = by
        self._history_date = at
        self._change_reason = why[:100]
