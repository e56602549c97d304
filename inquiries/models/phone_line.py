import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PhoneLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("inquiries.manage_phone_line") else self.none()

    def open(self):
        return self.filter(closed_at__isnull=True)


class PhoneLine(models.Model):
    """A telephone exchange that tells us of its calls, by events as they happen or by its records.

    Its token stands in the address that the exchange calls; only the hash is kept.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    beginning = models.CharField(max_length=12, blank=True)  # of the token, to know it again
    token_hash = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    last_heard_at = models.DateTimeField(null=True, blank=True)

    objects = PhoneLineQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("telephone exchange")
        verbose_name_plural = _("telephone exchanges")
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="inquiries_phoneline_token_once",
            )
        ]

    def __str__(self):
        return self.name


class BlockedNumberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("inquiries.block_number") else self.none()

    def in_force(self, at: dt.datetime):
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class BlockedNumber(models.Model):
    """A number whose calls the exchange turns away until a moment, and why."""

    number = models.CharField(_("number"), max_length=32, db_index=True)  # E.164, or its digits
    reason = models.CharField(_("reason"), max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(_("until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BlockedNumberQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=models.F("starts_at")),
                name="inquiries_blockednumber_ends_after_start",
            )
        ]

    def __str__(self):
        return self.number
