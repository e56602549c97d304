import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.roles import ROLES, Scope


class SubstitutionQuerySet(models.QuerySet):
    def running_on(self, day: dt.date):
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at__isnull=True)

    def not_over_on(self, day: dt.date):
        return self.filter(ends_on__gte=day, ended_at__isnull=True)

    def visible_to(self, user: Any):
        """What one may arrange, and always what concerns oneself."""
        scope = user.scope_of("accounts.arrange_substitution")
        if scope == Scope.ALL:
            return self
        own = Q(substitute=user) | Q(substituted=user)
        if scope == Scope.UNIT and user.unit_id is not None:
            return self.filter(own | Q(substituted__unit=user.unit_id))
        return self.filter(own)


class Substitution(models.Model):
    """Somebody does an absent colleague's duties for a period, for everybody to see."""

    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substitutes_in",
        verbose_name=_("substitute"),
    )
    substituted = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substitutions",
        verbose_name=_("person substituted"),
    )
    roles = models.JSONField(_("roles handed over"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("note"), max_length=200, blank=True)
    # Open work by kind on the day it was arranged: what was handed over.
    handed_over = models.JSONField(default=dict)
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    arranged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SubstitutionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        indexes = [
            models.Index(fields=["substitute", "ends_on"], name="accounts_substitution_ends")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="accounts_substitution_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(substitute=F("substituted")),
                name="accounts_substitution_of_another",
            ),
        ]

    def __str__(self):
        return f"{self.substitute} → {self.substituted}"

    @property
    def role_labels(self):
        return [ROLES[role].label for role in self.roles if role in ROLES]

    def is_running(self, day: dt.date) -> bool:
        return self.ended_at is None and self.starts_on <= day <= self.ends_on

    def is_in_scope(self, user: Any, scope: Scope) -> bool:
        if scope == Scope.UNIT:
            return user.unit_id is not None and self.substituted.unit_id == user.unit_id
        return user.pk == self.substituted_id
