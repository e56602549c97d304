from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TermExtension(models.Model):
    """The answer to a letter was put off, once, for a reason that the sender was told."""

    inquiry = models.OneToOneField(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="term_extension"
    )
    reason = models.TextField(_("reason"))
    answer_by_before = models.DateField(_("answer by, before"))
    answer_by = models.DateField(_("answer by"))
    notice = models.OneToOneField("inquiries.Letter", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("answer_by_before")),
                name="inquiries_termextension_is_longer",
            )
        ]

    def __str__(self):
        return f"{self.inquiry} {self.answer_by}"
