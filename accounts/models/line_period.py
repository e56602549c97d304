from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LineState(models.TextChoices):
    READY = "ready", _("Ready")
    AFTER_CALL = "after_call", _("After a call")
    BREAK = "break", _("On a break")
    AWAY = "away", _("Away")


class LinePeriodQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(ended_at__isnull=True)

    def running_at(self, moment: datetime):
        """What was so at a moment; a period counts from its first instant."""
        return self.filter(Q(ended_at__gt=moment) | Q(ended_at__isnull=True), began_at__lte=moment)

    def between(self, since: datetime, until: datetime):
        return self.filter(Q(ended_at__gt=since) | Q(ended_at__isnull=True), began_at__lt=until)


class LinePeriod(models.Model):
    """How somebody stood to the telephone line, from a moment to a moment, and who said so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="line_periods",
        verbose_name=_("member of staff"),
    )
    state = models.CharField(_("state"), max_length=12, choices=LineState)
    began_at = models.DateTimeField(_("since"), db_index=True)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True, db_index=True)
    # Whoever set it: the person, a colleague who corrects it, or nobody, when it came by itself.
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = LinePeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period on the line")
        verbose_name_plural = _("periods on the line")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at__isnull=True),
                name="accounts_lineperiod_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("began_at")),
                name="accounts_lineperiod_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.state} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def is_corrected(self):
        """Somebody else set it."""
        return self.set_by_id is not None and self.set_by_id != self.user_id
