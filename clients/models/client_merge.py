from django.conf import settings
from django.db import models
from django.db.models import Q


class ClientMerge(models.Model):
    """Two clients turned out to be one: what was chosen, what moved, and whether it was undone."""

    kept = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, related_name="merged_by_merges"
    )
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Names of the fields whose text was taken from the merged client. The texts themselves stand
    # in the versions of the kept client, not here.
    taken_fields = models.JSONField(default=list)
    version_before = models.BigIntegerField(null=True)  # pk of the kept client's last version
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="clients_clientmerge_merged_once",
            )
        ]

    def __str__(self):
        return f"merge {self.pk}"


class MovedRow(models.Model):
    """A row that a merge moved from the merged client to the kept one, so that undo can return it."""

    merge = models.ForeignKey(ClientMerge, on_delete=models.CASCADE, related_name="moved_rows")
    model = models.CharField(max_length=80)  # "inquiries.inquiry"
    field = models.CharField(max_length=60)
    row_id = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "model", "field", "row_id"], name="clients_movedrow_once"
            )
        ]

    def __str__(self):
        return f"{self.model} {self.row_id}"
