from django.db import models
from django.db.models import Q


class PastInquiry(models.Model):
    """Says of an inquiry that it came from an older system: by which import and under which number."""

    inquiry = models.OneToOneField(
        "inquiries.Inquiry", on_delete=models.CASCADE, related_name="past"
    )
    past_import = models.ForeignKey(
        "inquiries.PastImport", on_delete=models.PROTECT, related_name="inquiries"
    )
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=90)  # the old number, or what the row held
    old_number = models.CharField(max_length=80, blank=True)
    # As it is looked for: without separators, in capitals.
    number_key = models.CharField(max_length=80, blank=True)
    old_agent = models.CharField(max_length=120, blank=True)
    # Who it was, where a name alone was no reason for a card.
    client_text = models.CharField(max_length=300, blank=True)
    kept_because = models.CharField(max_length=20, blank=True)  # at an undo: why it stayed

    class Meta:
        verbose_name_plural = "past inquiries"
        indexes = [
            models.Index(
                fields=["number_key"],
                opclasses=["varchar_pattern_ops"],
                name="inquiries_past_number",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="inquiries_past_once")
        ]

    def __str__(self):
        return self.old_number or self.key


class PastClient(models.Model):
    """Says of a client that an import made the card."""

    client = models.OneToOneField("clients.Client", on_delete=models.CASCADE, related_name="past")
    past_import = models.ForeignKey(
        "inquiries.PastImport", on_delete=models.PROTECT, related_name="clients"
    )
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=90, blank=True)  # only of a list of clients
    is_kept = models.BooleanField(default=False)  # at an undo: it stays, since it is used

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"], condition=~Q(key=""), name="inquiries_past_client_once"
            )
        ]

    def __str__(self):
        return f"client {self.client_id}"
