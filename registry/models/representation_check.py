from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.encryption import EncryptedTextField
from common.models import StoredFile
from registry.models.register_answer import Evidence, RegisterAnswer
from registry.representation.verdicts import Verdict
from registry.sentences import VERDICTS
from registry.states import CHECK_MOVES, OPEN_TO_PEOPLE, CheckPurpose, CheckState

PERSON_CODE = "registry.person_code"  # purpose of the lookup hash


class RepresentationCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("registry.check_representation") else self.none()

    def of(self, registry_code):
        return self.filter(registry_code=registry_code)

    def overdue(self, at):
        """Owed to somebody: not begun, due for another try, or left by a worker that was killed."""
        return self.filter(
            Q(state=CheckState.REQUESTED)
            | Q(state=CheckState.WAITING, next_try_at__lte=at)
            | Q(state=CheckState.ASKING, leased_until__lt=at)
        )


class RepresentationCheck(models.Model):
    """The question whether these people may act for this organisation, and how it was settled."""

    registry_code = models.CharField(max_length=20, db_index=True)
    organisation_name = models.CharField(max_length=500, blank=True)
    organisation_status = models.CharField(max_length=10, blank=True)
    legal_form = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=10, choices=CheckPurpose, default=CheckPurpose.DRAFTING)
    state = models.CharField(max_length=20, choices=CheckState, default=CheckState.REQUESTED)
    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, null=True, blank=True, related_name="checks"
    )
    # Ask although the register has already answered today.
    asks_anew = models.BooleanField(default=False)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The worker's side: when it may try again, and until when the one who asks has it to himself.
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_problem = models.CharField(max_length=40, blank=True)
    # The answer. Reasons are codes with parameters, put into words where they are shown.
    verdict = models.CharField(
        max_length=30,
        choices=[(code, words.sentence) for code, words in VERDICTS.items()],
        blank=True,
    )
    reasons = models.JSONField(default=list, blank=True)
    deviations = models.JSONField(default=list, blank=True)  # texts of the register, word for word
    answered_at = models.DateTimeField(null=True, blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)  # moment of the register's data
    # What a person made of it.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_reason = models.TextField(blank=True)

    objects = RepresentationCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                fields=["state", "next_try_at"],
                name="registry_check_owed",
                condition=Q(state__in=["requested", "waiting", "asking"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "needs_reading"])
                | Q(answered_at__isnull=False, evidence_at__isnull=False) & ~Q(verdict=""),
                name="registry_check_answer_has_verdict_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "declined"])
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_reason=""),
                name="registry_check_settled_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="asking", leased_until__isnull=False)
                | ~Q(state="asking") & Q(leased_until__isnull=True),
                name="registry_check_lease_goes_with_asking",
            ),
        ]

    def __str__(self):
        return f"{self.registry_code}: {self.get_state_display()}"

    @property
    def is_underway(self) -> bool:
        return self.state in {CheckState.REQUESTED, CheckState.ASKING, CheckState.WAITING}

    @property
    def waits_for_people(self) -> bool:
        return self.state in OPEN_TO_PEOPLE

    @property
    def is_settled(self) -> bool:
        return not self.is_underway and not self.waits_for_people

    @property
    def allows_representation(self) -> bool:
        """Whether a paper may be made on the strength of this check."""
        if self.state == CheckState.CONFIRMED:
            return True
        return self.state == CheckState.ANSWERED and self.verdict == Verdict.SOLE

    def is_fresh(self, at: datetime, purpose: str) -> bool:
        """Whether the register's data behind it are young enough for this use.

        Days are counted by the calendar in Tallinn: 0 means the same day.
        """
        if self.evidence_at is None:
            return False
        age = timezone.localtime(at).date() - timezone.localtime(self.evidence_at).date()
        return 0 <= age.days <= settings.REPRESENTATION_CHECK_VALID_DAYS[purpose]

    def may(self, move: str) -> bool:
        return CHECK_MOVES.allows(move, self.state)


class CheckSignatory(Evidence):
    """A person about whom it was asked whether he or she may sign."""

    check_of = models.ForeignKey(
        RepresentationCheck, on_delete=models.PROTECT, related_name="signatories"
    )
    name = models.CharField(max_length=300)
    code = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    country = models.CharField(max_length=10, default="EST")

    def __str__(self):
        return self.name


class CheckPerson(Evidence):
    """A person whom the register named when it was asked: in what role, and whether alone."""

    check_of = models.ForeignKey(
        RepresentationCheck, on_delete=models.PROTECT, related_name="people"
    )
    position = models.PositiveSmallIntegerField()
    # Whose card it was: the organisation itself, or at depth 1 a company that represents it.
    of_code = models.CharField(max_length=20)
    of_name = models.CharField(max_length=500, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=500)
    first_name = models.CharField(max_length=300, blank=True)
    last_name = models.CharField(max_length=500, blank=True)
    is_legal_person = models.BooleanField(default=False)
    role = models.CharField(max_length=20, blank=True)
    role_label = models.CharField(max_length=200, blank=True)
    may_alone = models.BooleanField(null=True)
    groups = models.JSONField(default=list, blank=True)
    # None: a role that represents nobody (a superior agency, a contact person).
    represents = models.BooleanField(null=True)
    code = EncryptedTextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    country = models.CharField(max_length=10, blank=True)
    country_label = models.CharField(max_length=100, blank=True)
    birth_date = EncryptedTextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    term_ends_on = models.DateField(null=True, blank=True)
    is_signatory = models.BooleanField(default=False)

    class Meta:
        ordering = ["depth", "position"]

    def __str__(self):
        return self.name

    @property
    def masked_code(self) -> str:
        if self.is_legal_person or not self.code:
            return self.code
        return f"{self.code[:5]}******" if len(self.code) == 11 else f"{self.code[:2]}******"


class CheckEvidence(Evidence):
    """One thing a check rests on: a live answer, the open data, or a paper that somebody added."""

    class Kind(models.TextChoices):
        LIVE = "live"
        OPEN_DATA = "open_data"
        PAPER = "paper"

    check_of = models.ForeignKey(
        RepresentationCheck, on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    depth = models.PositiveSmallIntegerField(default=0)
    answer = models.ForeignKey(
        RegisterAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    data_at = models.DateTimeField()  # moment of what it says
    content = models.JSONField(default=dict, blank=True)  # the organisation's data at that moment
    stored_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.data_at:%Y-%m-%d}"
