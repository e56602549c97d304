from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Versioned


class AnswerDraft(Versioned):
    """The answer to a letter while it is being written; kept as it is typed, judged when it is sent.

    One for each inquiry: whoever opens the answer goes on with the same text, and a save from an
    older one is refused with both texts.
    """

    inquiry = models.OneToOneField(
        "inquiries.Inquiry", on_delete=models.CASCADE, related_name="answer_draft"
    )
    typed = models.JSONField(default=dict, blank=True)
    files = models.ManyToManyField("common.StoredFile", related_name="answer_drafts", blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField()
    # Everybody who wrote in it or put a file beside it: none of them can be its second reader.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    reading_asked_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    # A text that was changed after the reading has not been read.
    read_version = models.PositiveIntegerField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["reading_asked_at"],
                condition=Q(reading_asked_at__isnull=False),
                name="inquiries_answer_to_read",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by__isnull=True, read_at__isnull=True, read_version__isnull=True)
                | Q(read_by__isnull=False, read_at__isnull=False, read_version__isnull=False),
                name="inquiries_answerdraft_read_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.updated_at:%Y-%m-%d %H:%M}"

    @property
    def is_read(self):
        """A second person has read this very text and had nothing against it."""
        return self.read_version == self.version
