from typing import Any, Self

from django.db import models


def reference(about: models.Model | None) -> dict[str, str]:
    """Return the two columns by which a row points at any record."""
    if about is None:
        return {"about_type": "", "about_id": ""}
    return {"about_type": about._meta.label_lower, "about_id": str(about.pk)}


class AboutQuerySet(models.QuerySet[Any]):
    def about(self, record: models.Model) -> Self:
        return self.filter(**reference(record))


AboutManager = models.Manager.from_queryset(AboutQuerySet)


class AboutRecord(models.Model):
    """Base of rows that speak of some record of an app above, by its name and id."""

    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True
