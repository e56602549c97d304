from django.db import models


class Unit(models.Model):
    """A structural unit of the agency: an area, a department, a bureau."""

    name_et = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_ru = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # The six area bureaus of supervision work by county; the others for all of Estonia.
    counties = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name_et"]

    def __str__(self):
        return self.name_et
