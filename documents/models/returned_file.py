from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedTextField
from documents.states import ReturnState


class CameBy(models.TextChoices):
    """The way a signed file reached us."""

    CLIENT_PAGE = "page", _("uploaded on the client page")
    MAIL = "mail", _("by e-mail")
    STAFF = "staff", _("brought in by staff")
    AGENCY = "agency", _("signed by the agency")
    PORTAL = "portal", _("fetched from the portal")


class ReturnedFile(models.Model):
    """One signed file that came in for an envelope, with what its check found. Every try is kept."""

    envelope = models.ForeignKey(
        "documents.Envelope", on_delete=models.PROTECT, related_name="returns"
    )
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.RECEIVED)
    came_by = models.CharField(max_length=10, choices=CameBy)
    stored_file = models.OneToOneField(
        "common.StoredFile", on_delete=models.PROTECT, related_name="+"
    )
    signer = models.ForeignKey(  # whose page it came by, or whose address
        "documents.EnvelopeSigner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returns",
    )
    mail = models.ForeignKey(  # which goes when its time is over
        "common.IncomingMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence = models.CharField(max_length=500, blank=True)  # where in the portal it was signed
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    report = EncryptedTextField(blank=True)  # JSON of documents.signatures; holds personal codes
    faults = models.JSONField(default=list, blank=True)  # codes and what they name
    # Places of the signers whose good signatures this very file holds.
    people = models.JSONField(default=list, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by_list = models.CharField(max_length=100, blank=True)  # which trusted list
    tried_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)  # a letter of faults was queued

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                name="documents_return_unjudged",
                condition=Q(state__in=["received", "unchecked"]),
            ),
            models.Index(fields=["envelope", "received_at"], name="documents_return_of_envelope"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "unchecked"], judged_at__isnull=True)
                | (~Q(state__in=["received", "unchecked"]) & Q(judged_at__isnull=False)),
                name="documents_return_judged_at_goes_with_state",
            ),
            # The same bytes sent twice for one envelope are one return: see receive_return.
        ]

    def __str__(self):
        return f"{self.envelope_id} {self.state}"
