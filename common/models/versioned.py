from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


@dataclass(frozen=True)
class Difference:
    """One field in which what a person wrote is not what has been saved meanwhile."""

    name: str
    label: str
    theirs: str
    mine: str


class StaleSave(Refusal):
    """Somebody has saved the record since this person opened it."""

    code = "stale_save"
    sentence = _(
        "Somebody else has changed this meanwhile. Nothing was overwritten: choose which text to keep."
    )

    def __init__(
        self, *, current: models.Model, version: int, differences: list[Difference]
    ) -> None:
        super().__init__()
        self.current = current
        self.version = version
        self.differences = differences


class Versioned(models.Model):
    """Base of records that several people may edit: a save names the version that it started from."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def claim_version(self, expected: int, *, mine: Mapping[str, Any] | None = None) -> None:
        """Count the version on, if it still is the one that the writer saw.

        `mine` holds what the writer wants, by field name; without it the values now on this object
        are compared. Raises StaleSave, then nothing has changed.
        """
        rows = type(self)._base_manager.filter(pk=self.pk)
        if rows.filter(version=expected).update(version=F("version") + 1):
            self.version = expected + 1
            return
        current = rows.get()
        raise StaleSave(
            current=current, version=current.version, differences=self._differences(current, mine)
        )

    def _differences(
        self, current: models.Model, mine: Mapping[str, Any] | None
    ) -> list[Difference]:
        fields = [field for field in self._meta.concrete_fields if field.name != "version"]
        wanted = {
            field.name: mine[field.name] if mine is not None else field.value_from_object(self)
            for field in fields
            if mine is None or field.name in mine
        }
        return [
            Difference(
                field.name,
                str(field.verbose_name),
                str(field.value_from_object(current) or ""),
                str(getattr(wanted[field.name], "pk", wanted[field.name]) or ""),
            )
            for field in fields
            if field.name in wanted
            and str(field.value_from_object(current) or "")
            != str(getattr(wanted[field.name], "pk", wanted[field.name]) or "")
        ]
