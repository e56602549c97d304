from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.encryption import EncryptedTextField


class AgencyDelegationQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class AgencyDelegation(models.Model):
    """The right of a member of staff to sign papers for the agency: who, on what basis, from when to when."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="agency_delegations",
        verbose_name=_("who may sign"),
    )
    # As it stands in the paper, in Estonian.
    job_title = models.CharField(_("job title"), max_length=150)
    # In the genitive: "peadirektori käskkirja nr 1-1/26/5".
    basis = models.CharField(_("basis"), max_length=200)
    # By which a signature on a paper is known to be the holder's.
    personal_code = EncryptedTextField(_("personal code"), blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    objects = AgencyDelegationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["personal_code"])

    class Meta:
        verbose_name = _("delegation to sign for the agency")
        verbose_name_plural = _("delegations to sign for the agency")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="documents_agencydelegation_ends_after_start",
            )
        ]

    def __str__(self):
        return f"{self.holder}: {self.basis}"

    def is_in_force_on(self, day):
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
