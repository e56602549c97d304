from django.conf import settings
from django.db import models


class TicketEvent(models.Model):
    """One line of a ticket's story: what happened, when, by whom and why. The clocks read it too."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="events", db_index=False
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=30)  # a code; tickets/timeline.py puts it into words
    parameters = models.JSONField(default=dict, blank=True)  # numbers and codes, no personal data
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "at", "id"], name="tickets_event_of_ticket")]

    def __str__(self):
        return f"{self.ticket_id} {self.what}"
