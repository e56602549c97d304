from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.models.about import AboutQuerySet, AboutRecord


class EventQuerySet(AboutQuerySet):
    def for_audience(self, *, user_id: int, unit_id: int | None) -> Self:
        return self.filter(
            Q(to_user_id=user_id)
            | Q(to_user_id=None, to_unit_id=None)
            | Q(to_unit_id__isnull=False, to_unit_id=unit_id)
        )


class Event(AboutRecord):
    """Word to open pages that something has changed. Only a kind and an id: the page asks for the rest."""

    kind = models.CharField(max_length=40)  # "check-changed"
    at = models.DateTimeField()
    # Our own clock when the row was written: readers look at a window of it, never at the highest id.
    published_at = models.DateTimeField(default=timezone.now, db_index=True)
    to_user_id = models.BigIntegerField(null=True, blank=True)
    to_unit_id = models.BigIntegerField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.about_type} {self.about_id}"
