import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.roles import Scope


class Competence(models.Model):
    """A kind of decision that not everybody may take, such as signing for the agency."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_et = models.CharField(_("name in Estonian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    # A decision given to the person by name, such as a signature, does not pass to a substitute.
    is_personal = models.BooleanField(_("does not pass to a substitute"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def __str__(self):
        return self.code

    @property
    def name(self) -> str:
        return getattr(self, f"name_{get_language()}", "") or self.name_et


class CompetenceHoldingQuerySet(models.QuerySet):
    def held_on(self, day: dt.date):
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def not_over_on(self, day: dt.date):
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def visible_to(self, user: Any):
        return self if user.has_perm("accounts.view_competence") else self.none()


class CompetenceHolding(models.Model):
    """That a member of staff may take a kind of decision, from when to when, and on what basis."""

    competence = models.ForeignKey(
        Competence,
        on_delete=models.PROTECT,
        related_name="holdings",
        verbose_name=_("competence"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="competence_holdings",
        verbose_name=_("member of staff"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    basis = models.CharField(
        _("basis"),
        max_length=200,
        help_text=_("The order, job description or letter of authority that gives it."),
    )

    objects = CompetenceHoldingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("competence held")
        verbose_name_plural = _("competences held")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_competenceholding_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""), name="accounts_competenceholding_has_basis"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.competence}"

    def is_in_scope(self, user: Any, scope: Scope) -> bool:
        return (
            scope == Scope.UNIT and user.unit_id is not None and self.user.unit_id == user.unit_id
        )
