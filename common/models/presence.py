from django.conf import settings
from django.db import models

from common.models.about import AboutManager, AboutRecord


class Presence(AboutRecord):
    """A member of staff has a record open for editing, since when and last seen there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = AboutManager()

    class Meta:
        verbose_name_plural = "presences"
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id", "user"], name="common_presence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.about_type} {self.about_id}"
