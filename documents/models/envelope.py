import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from common.encryption import EncryptedTextField
from documents.kinds import SignerRole


class Envelope(models.Model):
    """Papers of a case that the same people sign, in one container (ASiC-E, "ümbrik").

    A signature covers every file of its container, so papers with other signers lie in another one.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        "documents.AccessCase", on_delete=models.PROTECT, related_name="envelopes"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # The container without signatures, which may be sent for signing.
    container = models.OneToOneField(
        "common.StoredFile", on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)  # the last time
    due_on = models.DateField(null=True, blank=True)  # by when the client is asked to return it
    reminders = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)  # set aside: a paper in it was wrong

    class Meta:
        indexes = [
            models.Index(
                fields=["sent_at", "id"],
                name="documents_envelope_sent",
                condition=Q(sent_at__isnull=False, opened_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.key.hex[:8]}"

    @property
    def file_name(self):
        numbers = sorted(paper.number for paper in self.papers.all() if paper.number)
        return f"{numbers[0] if numbers else self.key.hex[:8]}.asice"


class EnvelopeSigner(models.Model):
    """One person who must sign an envelope, where the request goes, and whether it is signed."""

    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="signers")
    role = models.CharField(max_length=20, choices=SignerRole)
    position = models.PositiveSmallIntegerField(default=0)
    user = models.ForeignKey(  # when the agency signs
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegation = models.ForeignKey(
        "documents.AgencyDelegation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(max_length=500)
    personal_code = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    masked_code = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="et")
    email = models.EmailField(max_length=254, blank=True)
    # How we know that the address works, when it is not the client's confirmed one.
    confirmed_how = models.CharField(max_length=10, blank=True)
    thread_hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_in = models.ForeignKey(
        "documents.ReturnedFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_by",
    )

    class Meta:
        ordering = ["envelope", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "role", "position"], name="documents_envelopesigner_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_in__isnull=True)
                | Q(signed_at__isnull=False, signed_in__isnull=False),
                name="documents_envelopesigner_signed_at_goes_with_file",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "envelope"],
                name="documents_signer_waited_for",
                condition=Q(signed_at__isnull=True, user__isnull=False),
            ),
            models.Index(Lower("email"), name="documents_signer_by_address"),
        ]

    def __str__(self):
        return f"{self.name} ({self.role})"

    @property
    def is_agency(self):
        return self.role == SignerRole.AGENCY
