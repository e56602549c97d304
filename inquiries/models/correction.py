from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """A given answer that turned out to be wrong: what was wrong, what is right, who was told."""

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="corrections"
    )
    wrong_answer = models.TextField(_("answer as it was given"), blank=True)
    what_was_wrong = models.TextField(_("what was wrong"))
    correct_answer = models.TextField(_("correct answer"))
    source_version = models.ForeignKey(
        "knowledge.ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    source_text = models.CharField(_("source"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(_("client told at"), null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_how = models.CharField(_("how the client was told"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="inquiries_correction_told_by_someone",
            )
        ]

    def __str__(self):
        return f"{self.inquiry} {self.at:%Y-%m-%d}"

    @property
    def is_client_told(self):
        return self.told_at is not None
