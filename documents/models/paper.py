import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedTextField
from documents.kinds import KIND_CHOICES, KINDS
from documents.states import PAPER_MOVES, PaperState
from documents.vocabulary import COMMON_VARIABLES

PARTIES = COMMON_VARIABLES.keys()
BEFORE_DRAFT = (PaperState.STARTED, PaperState.DRAFT_REQUESTED, PaperState.DRAFT_FAILED)
AFTER_ENTRY = (PaperState.ENTERED, PaperState.DONE)
AFTER_CHECK = (PaperState.CHECKED, *AFTER_ENTRY)


class ToldHow(models.TextChoices):
    """How the client heard that the access is open or closed."""

    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by phone")
    LETTER = "letter", _("by letter")


class PaperQuerySet(models.QuerySet):
    def active(self):
        return self.exclude(state=PaperState.CANCELLED)

    def waiting_for_draft(self):
        return self.filter(state=PaperState.DRAFT_REQUESTED)

    def in_preparation(self):
        return self.filter(state__in=[PaperState.STARTED, PaperState.DRAFT_FAILED])


class Paper(models.Model):
    """One document of a case, such as a user agreement; it has its own state and signers."""

    case = models.ForeignKey(
        "documents.AccessCase", on_delete=models.PROTECT, related_name="papers"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40, choices=KIND_CHOICES)
    state = models.CharField(max_length=20, choices=PaperState, default=PaperState.STARTED)
    # Which of the sets of signers that its kind allows.
    signer_set = models.PositiveSmallIntegerField(default=0)
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
    # The papers that the same people sign lie in one envelope.
    envelope = models.ForeignKey(
        "documents.Envelope",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="papers",
    )
    # A person has looked through what came back; from then on the paper is a registered document.
    return_check = models.ForeignKey(
        "registry.RepresentationCheck",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    portal_record = models.CharField(max_length=60, blank=True)  # the portal's number of the entry
    told_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=10, blank=True, choices=ToldHow)
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
                | Q(state__in=BEFORE_DRAFT, rendered_at__isnull=True)
                | (~Q(state__in=BEFORE_DRAFT) & Q(rendered_at__isnull=False)),
                name="documents_paper_rendered_at_goes_with_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.CANCELLED)
                | Q(state__in=AFTER_CHECK, checked_at__isnull=False)
                | (~Q(state__in=AFTER_CHECK) & Q(checked_at__isnull=True)),
                name="documents_paper_checked_at_goes_with_checked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AFTER_ENTRY, entered_at__isnull=False)
                | (~Q(state__in=AFTER_ENTRY) & Q(entered_at__isnull=True)),
                name="documents_paper_entered_at_goes_with_entered",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.DONE, told_at__isnull=False)
                | (~Q(state=PaperState.DONE) & Q(told_at__isnull=True)),
                name="documents_paper_told_at_goes_with_done",
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
            ),
            models.Index(fields=["state", "id"], name="documents_paper_by_state"),
        ]

    def __str__(self):
        return self.number or f"{self.kind} {self.pk}"

    @property
    def rules(self):
        """What its kind asks and does."""
        return KINDS[self.kind]

    @property
    def signers_wanted(self):
        """The set of signers that was chosen for it."""
        return self.rules.signer_sets[self.signer_set]

    @property
    def guards(self):
        return self.rules.guards_of(self.signer_set)

    @property
    def has_terms(self):
        """Whether the paper says anything besides its parties."""
        return bool(self.rules.variables.keys() - PARTIES)

    @property
    def may_be_set_aside(self):
        return PAPER_MOVES.allows("cancel", self.state)

    @property
    def is_in_preparation(self):
        return self.state in {PaperState.STARTED, PaperState.DRAFT_FAILED}

    @property
    def file_name(self):
        return f"{self.number}.pdf"
