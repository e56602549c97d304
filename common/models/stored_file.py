import uuid

from django.conf import settings
from django.db import models


def random_name(stored: "StoredFile", original_name: str) -> str:
    """Return a path that says nothing of the content and spreads files over folders."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """A file that somebody gave us, let in by the upload gate, or that we made ourselves."""

    file = models.FileField(upload_to=random_name, max_length=100)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.original_name
