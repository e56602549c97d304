from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedTextField
from documents.kinds import AccessKind


class AccessDoubt(models.TextChoices):
    """Why an access in force may have lost its ground, by the register."""

    DELETED = "deleted", _("the organisation has been deleted from the register")
    BANKRUPT = "bankrupt", _("the organisation is bankrupt")
    LIQUIDATION = "liquidation", _("the organisation is being wound up")
    SIGNER_GONE = "signer_gone", _("who signed no longer stands in the register")


class AccessQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(valid_from__lte=day).exclude(ends_on__lte=day)

    def of_organisation(self, code):
        return self.filter(organisation_code=code)

    def to_close_on(self, day):
        """Whose last day is over, and whose rights in the portal nobody has closed."""
        return self.filter(ends_on__lte=day, closed_at__isnull=True)

    def expiring(self, day, until):
        return self.filter(ends_on__gt=day, ends_on__lte=until, closed_at__isnull=True)

    def doubtful(self):
        return self.exclude(doubt="").filter(closed_at__isnull=True)


class Access(models.Model):
    """What an organisation or a person holds in the portal: by which paper, from when to when."""

    organisation_code = models.CharField(max_length=8)
    organisation_name = models.CharField(max_length=500, blank=True)
    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, null=True, blank=True, related_name="accesses"
    )
    kind = models.CharField(max_length=12, choices=AccessKind)
    person_name = models.CharField(max_length=200, blank=True)
    personal_code = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_country = models.CharField(max_length=3, blank=True)
    masked_code = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    services = models.JSONField(default=dict, blank=True)
    granted_by = models.OneToOneField(
        "documents.Paper", on_delete=models.PROTECT, related_name="granted_access"
    )
    # The main user on whose authorisation this one stands.
    main_user = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="dependants"
    )
    valid_from = models.DateField()
    # The first day on which it is no longer in force; nothing: until withdrawn.
    ends_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "documents.Paper",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ended_accesses",
    )
    closed_at = models.DateTimeField(null=True, blank=True)  # the rights in the portal
    closed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    portal_record = models.CharField(max_length=60, blank=True)
    doubt = models.CharField(max_length=12, choices=AccessDoubt, blank=True)
    doubted_at = models.DateTimeField(null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_code", "kind", "valid_from"], name="documents_access_of_org"
            ),
            models.Index(
                fields=["ends_on", "id"],
                name="documents_access_ending",
                condition=Q(closed_at__isnull=True, ends_on__isnull=False),
            ),
            models.Index(
                fields=["doubted_at", "id"],
                name="documents_access_doubtful",
                condition=Q(closed_at__isnull=True) & ~Q(doubt=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("valid_from")),
                name="documents_access_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(ends_on__isnull=False),
                name="documents_access_closed_has_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(kind=AccessKind.AGREEMENT) & Q(person_name=""))
                | (~Q(kind=AccessKind.AGREEMENT) & ~Q(person_name="")),
                name="documents_access_person_goes_with_kind",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_code} {self.kind} {self.masked_code}".strip()

    def is_in_force_on(self, day):
        return self.valid_from <= day and (self.ends_on is None or day < self.ends_on)
