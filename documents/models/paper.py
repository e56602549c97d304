import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.encryption import EncryptedTextField
from documents.kinds import KIND_CHOICES, KINDS
from documents.states import PaperState


class PaperQuerySet(models.QuerySet):
    def active(self):
        return self.exclude(state=PaperState.CANCELLED)

    def waiting_for_draft(self):
        return self.filter(state=PaperState.DRAFT_REQUESTED)


class Paper(models.Model):
    """One document of a case, such as a user agreement; it has its own state and signers."""

    case = models.ForeignKey(
        "documents.AccessCase", on_delete=models.PROTECT, related_name="papers"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40, choices=KIND_CHOICES)
    state = models.CharField(max_length=20, choices=PaperState, default=PaperState.STARTED)
    # Given when the draft is requested: the number stands in the text that is signed.
    number = models.CharField(max_length=20, unique=True, null=True, blank=True)
    template_version = models.ForeignKey(
        "documents.TemplateVersion", on_delete=models.PROTECT, null=True, blank=True
    )
    variables = EncryptedTextField(blank=True)  # JSON, as the draft was requested
    representation_check = models.ForeignKey(
        "registry.RepresentationCheck",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
    )
    delegation = models.ForeignKey(
        "documents.AgencyDelegation", on_delete=models.PROTECT, null=True, blank=True
    )
    created_at = models.DateTimeField()
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restricted_until = models.DateField(null=True, blank=True)
    rendered_at = models.DateTimeField(null=True, blank=True)
    stored_file = models.OneToOneField(
        "common.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=40, blank=True)  # a code; the page puts it into words
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PaperState.CANCELLED)
                | Q(state=PaperState.STARTED, number__isnull=True)
                | (~Q(state=PaperState.STARTED) & Q(number__isnull=False)),
                name="documents_paper_number_goes_with_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.CANCELLED)
                | Q(state=PaperState.DRAFT_READY, rendered_at__isnull=False)
                | (~Q(state=PaperState.DRAFT_READY) & Q(rendered_at__isnull=True)),
                name="documents_paper_rendered_at_goes_with_ready",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=PaperState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="documents_paper_cancelled_at_goes_with_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tried_at"],
                name="documents_paper_owed_draft",
                condition=Q(state=PaperState.DRAFT_REQUESTED),
            )
        ]

    def __str__(self):
        return self.number or f"{self.kind} {self.pk}"

    @property
    def rules(self):
        """What its kind asks and does."""
        return KINDS[self.kind]

    @property
    def file_name(self):
        return f"{self.number}.pdf"
