from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.roles import Scope
from clients.phones import spoken_phone
from common.models import Versioned
from inquiries.models.identification import CardFact, IdentifiedHow
from inquiries.models.inquiry_choices import WRITTEN, Channel, County, Language, ObjectKind
from inquiries.models.inquiry_reach import InquiryQuerySet, unit_and_below
from inquiries.models.inquiry_table import CONSTRAINTS, INDEXES
from inquiries.models.legal_term import LegalKind
from inquiries.states import OPEN_STATES, InquiryState, Outcome


class Inquiry(Versioned):
    """One contact of a client with the agency, on any channel.

    A call is written down when it is finished. A letter is an inquiry from its registration on:
    received while nobody has it (then it has no agent), in work until it is answered.
    """

    number = models.CharField(_("number"), max_length=20)
    key = models.UUIDField(unique=True, editable=False)  # made by the browser
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    wrapped_up_at = models.DateTimeField(_("wrapped up"))
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("agent"),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("responsible"),
    )

    client = models.ForeignKey(
        "clients.Client",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        db_index=False,
        verbose_name=_("client"),
    )
    is_anonymous = models.BooleanField(_("wants to stay anonymous"), default=False)
    caller_number = models.CharField(_("caller's number"), max_length=32, blank=True)
    # Empty: nobody asked, as with a letter, or an inquiry from before this was kept.
    identified_how = models.CharField(
        _("identified"), max_length=12, choices=IdentifiedHow, blank=True, db_default=""
    )
    first_fact = models.CharField(
        _("first fact"), max_length=15, choices=CardFact, blank=True, db_default=""
    )
    second_fact = models.CharField(
        _("second fact"), max_length=15, choices=CardFact, blank=True, db_default=""
    )

    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("topic"),
    )
    # The first level of the topic, so that a list by it needs no join.
    main_topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("main topic"),
    )
    owner_unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("owner unit"),
    )
    county = models.CharField(_("county"), max_length=20, choices=County, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    object_kind = models.CharField(_("object"), max_length=12, choices=ObjectKind, blank=True)
    object_reference = models.CharField(_("number of the object"), max_length=80, blank=True)
    object_key = models.CharField(max_length=80, blank=True, editable=False)

    question = models.TextField(_("question"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    source_version = models.ForeignKey(
        "knowledge.ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("source: article"),
    )
    source_text = models.CharField(_("source: law"), max_length=300, blank=True)
    # The path taken through a script: its version, the numbers of the answers, the ending.
    script_path = models.JSONField(_("script"), null=True, blank=True)

    # Empty while a letter has come to no end yet; a contact on the telephone has one at once.
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=InquiryState)
    state_since = models.DateTimeField(_("in this state since"))
    referral_body = models.ForeignKey(
        "knowledge.ReferralBody",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("referred to"),
    )
    callback_due_at = models.DateTimeField(_("call back by"), null=True, blank=True)
    callback_number = models.CharField(_("number to call back"), max_length=32, blank=True)

    legal_kind = models.CharField(_("legal kind"), max_length=20, choices=LegalKind, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    # The number under which the agency's document register holds the letter.
    register_number = models.CharField(_("registration number"), max_length=50, blank=True)

    follow_up_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        db_index=False,
        verbose_name=_("follow-up of"),
    )
    # Named by a letter that carried the token of that thread, but came from a stranger's address.
    mentions = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mentioned_in",
        db_index=False,
        verbose_name=_("mentions"),
    )
    is_restricted = models.BooleanField(_("for internal use"), default=False)
    restriction_basis = models.CharField(_("basis"), max_length=200, blank=True)
    restricted_until = models.DateField(_("valid until"), null=True, blank=True)
    recording_reference = models.CharField(_("recording"), max_length=200, blank=True)
    recording_expires_on = models.DateField(_("recording expires"), null=True, blank=True)

    # Whether the reader of a list may see what it holds: `queries.mark_readable` says.
    is_readable = False

    history = HistoricalRecords(excluded_fields=["key", "object_key", "main_topic"])
    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self):
        return self.number

    def is_in_scope(self, user, scope):
        if scope == Scope.ALL:
            return True
        if scope == Scope.UNIT:
            return self.owner_unit in unit_and_below(user)
        return bool({self.agent_id, self.responsible_id} & set(user.acts_for_ids))

    @property
    def caller_number_shown(self):
        return spoken_phone(self.caller_number) if self.caller_number else ""

    @property
    def is_open(self):
        return self.state in OPEN_STATES

    @property
    def is_written(self):
        return self.channel in WRITTEN

    def knows_address(self, address):
        """Whether a letter of the thread came from this address or went to it, between the client and us."""
        wanted = " ".join(address.split())
        if not wanted:
            return False
        return self.letters.filter(
            Q(direction="in", sender_address__iexact=wanted)
            | Q(direction="out", recipient_address__iexact=wanted)
        ).exists()

    @property
    def tone(self):
        """The colour of the state, as the class of a pill."""
        if self.state == InquiryState.CALLBACK or self.state == InquiryState.REOPENED:
            return "pill-warn"
        if self.is_open:
            return "pill-warn" if self.state == InquiryState.RECEIVED else "pill-acc"
        return "pill-good" if self.state == InquiryState.SOLVED else ""

    def is_restricted_on(self, day):
        """Marked for internal use, and the mark's term has not run out."""
        return self.is_restricted and self.restricted_until >= day

    def is_readable_by(self, user, day):
        return not self.is_restricted_on(day) or user.has_perm("inquiries.view_restricted", self)

    def recording_on(self, day):
        """Where the recording is, while we may still keep it."""
        if self.recording_reference and self.recording_expires_on >= day:
            return self.recording_reference
        return ""


def seen_through_inquiry(user):
    """The condition that the inquiry of a row is visible; whoever sees all has none to look up."""
    if user.scope_of("inquiries.view_inquiry") == Scope.ALL:
        return Q()
    return Q(inquiry__in=Inquiry.objects.visible_to(user))
