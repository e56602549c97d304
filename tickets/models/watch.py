from django.conf import settings
from django.db import models


class TicketWatch(models.Model):
    """A colleague who wants to hear of a ticket, asked or mentioned."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ticket_watches"
    )
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "user"], name="tickets_watch_once")
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.user_id}"


class TicketRelation(models.Model):
    """Two tickets that have to do with each other; a child names its parent on itself."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="relations_from"
    )
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "other", "kind"], name="tickets_relation_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(ticket=models.F("other")), name="tickets_relation_of_two"
            ),
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.kind} {self.other_id}"
