from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.models.inquiry_choices import Language

BEST = 5


class SatisfactionQuestion(models.Model):
    """One question to a client: how we served. Asked once of an inquiry; the answer names nobody."""

    inquiry = models.OneToOneField(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="satisfaction_question"
    )
    language = models.CharField(max_length=2, choices=Language)
    address_hash = models.CharField(max_length=64)  # keyed: one person is not asked too often
    asked_at = models.DateTimeField(db_index=True)
    score = models.PositiveSmallIntegerField(
        _("answer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(BEST)],
    )
    words = models.TextField(_("in the client's words"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "asked_at"], name="inquiries_satisfaction_who"),
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False),
                name="inquiries_satisfaction_given",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True, answered_at__isnull=True, words="")
                | Q(score__gte=1, score__lte=BEST, answered_at__isnull=False),
                name="inquiries_satisfaction_score_when_answered",
            ),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.score or '–'}"


class SatisfactionOptOut(models.Model):
    """Somebody does not want to be asked; kept by address and, where we know it, by client."""

    address_hash = models.CharField(max_length=64, unique=True)
    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"
