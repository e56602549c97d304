from django.conf import settings
from django.db import models


class CaseEvent(models.Model):
    """One line of a case's story: what happened, when, by whom and why."""

    case = models.ForeignKey(
        "documents.AccessCase", on_delete=models.CASCADE, related_name="events"
    )
    paper = models.ForeignKey(
        "documents.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="events"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_case_events",
    )
    what = models.CharField(max_length=40)  # a code; documents/timeline.py puts it into words
    parameters = models.JSONField(default=dict, blank=True)  # numbers and codes, no personal data
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="documents_event_of_case")]

    def __str__(self):
        return f"{self.case_id} {self.what}"
