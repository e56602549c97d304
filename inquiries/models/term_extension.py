from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TermExtensionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lapsed_at__isnull=True)


class TermExtension(models.Model):
    """The answer to a letter was put off, for a reason that the sender was told.

    Once for each legal kind: a letter that turns out to be of another kind has that kind's term, and
    the extension of the former one lapses.
    """

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="term_extensions"
    )
    reason = models.TextField(_("reason"))
    answer_by_before = models.DateField(_("answer by, before"))
    answer_by = models.DateField(_("answer by"))
    notice = models.OneToOneField("inquiries.Letter", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = TermExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(lapsed_at__isnull=True),
                name="inquiries_termextension_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("answer_by_before")),
                name="inquiries_termextension_is_longer",
            ),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.answer_by}"

    @property
    def counts(self):
        """It stands, and the notice of it has left: one that lies here puts nothing off."""
        return self.lapsed_at is None and self.notice.left_at is not None
