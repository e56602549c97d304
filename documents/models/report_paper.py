import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReportPaper(models.Model):
    """The report on a returned file as PDF, for whoever asked for it; made once, and kept."""

    MOST_ATTEMPTS = 20  # after so many something is wrong that another try does not mend

    returned = models.OneToOneField(
        "documents.ReturnedFile", on_delete=models.PROTECT, related_name="report_paper"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    tried_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=40, blank=True)  # a code; the page puts it into words
    stored_file = models.OneToOneField(
        "common.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                name="documents_report_owed",
                condition=Q(stored_file__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.returned_id}"

    @property
    def is_owed(self):
        return self.stored_file_id is None and self.attempts < self.MOST_ATTEMPTS
