from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalKind(models.TextChoices):
    EXPLANATION = "explanation", _("Request for explanation")
    MEMORANDUM = "memorandum", _("Memorandum")
    INFORMATION = "information", _("Request for information")
    CHALLENGE = "challenge", _("Challenge")
    COMPLAINT = "complaint", _("Complaint")


class DayCount(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class ExtensionCount(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")
    MONTHS = "months", _("months")


class LegalTermQuerySet(models.QuerySet):
    def in_force(self, kind, day):
        """The term that stood on the day the matter was registered."""
        return self.filter(kind=kind, valid_from__lte=day).order_by("-valid_from").first()


class LegalTerm(models.Model):
    """How long the law gives for answering a kind of inquiry, from a day on."""

    kind = models.CharField(_("kind"), max_length=20, choices=LegalKind)
    days = models.PositiveSmallIntegerField(_("days"))
    counted_in = models.CharField(_("counted in"), max_length=10, choices=DayCount)
    # How far the term may be put off, once and from the same day; empty: not at all.
    extension = models.PositiveSmallIntegerField(_("may be extended to"), null=True, blank=True)
    extension_counted_in = models.CharField(
        _("extension counted in"), max_length=10, choices=ExtensionCount, blank=True
    )
    extension_basis = models.CharField(_("basis of the extension"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    objects = LegalTermQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="inquiries_legalterm_one_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1), name="inquiries_legalterm_at_least_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(extension__isnull=True, extension_counted_in="")
                | (models.Q(extension__gte=1) & ~models.Q(extension_counted_in="")),
                name="inquiries_legalterm_extension_is_counted",
            ),
        ]
        verbose_name = _("legal term")
        verbose_name_plural = _("legal terms")

    def __str__(self):
        return f"{self.kind}: {self.days} {self.counted_in} from {self.valid_from}"
