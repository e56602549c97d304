from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PastProfile(models.Model):
    """How files of one kind are to be read: saved once, used for each file of that kind."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    columns = models.JSONField(default=dict)  # folded heading → field
    values = models.JSONField(default=dict)  # field → folded word → ours
    fallbacks = models.JSONField(default=dict)
    day_first = models.BooleanField(default=True)
    zone = models.CharField(max_length=40, default="Europe/Tallinn")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
