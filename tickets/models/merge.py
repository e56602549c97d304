from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tickets.states import TicketState


class TicketMergeQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(undone_at=None)


class TicketMerge(models.Model):
    """Two tickets turned out to be one matter: into which, how the merged one stood, and whether it was undone.

    Nothing moves: what was said, files, watchers and tokens stay with the ticket that they came to.
    """

    kept = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(
        "tickets.Ticket", on_delete=models.PROTECT, related_name="merged_by_merges"
    )
    reason = models.CharField(max_length=500)
    state_before = models.CharField(max_length=14, choices=TicketState)
    state_since_before = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TicketMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="tickets_ticketmerge_merged_once",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("merged")), name="tickets_ticketmerge_of_two"
            ),
        ]

    def __str__(self):
        return f"{self.merged_id} into {self.kept_id}"
