import re

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.roles import Scope
from clients.phones import spoken_phone
from common.models import Versioned
from inquiries.models.identification import CardFact, IdentifiedHow
from inquiries.models.legal_term import LegalKind
from inquiries.states import OPEN_STATES, InquiryState, Outcome

SEPARATORS = re.compile(r"[\W_]+")


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    COUNTER = "counter", _("Counter")
    POST = "post", _("Post")
    WEB = "web", _("Web")
    CALLBACK = "callback", _("Callback")
    VOICEMAIL = "voicemail", _("Voicemail")


# A letter comes by one of these; the others are talked on.
WRITTEN = (Channel.EMAIL, Channel.WEB, Channel.POST)


class Language(models.TextChoices):
    ESTONIAN = "et", _("Estonian")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


class County(models.TextChoices):
    HARJU = "Harju", _("Harju county")
    HIIU = "Hiiu", _("Hiiu county")
    IDA_VIRU = "Ida-Viru", _("Ida-Viru county")
    JOGEVA = "Jõgeva", _("Jõgeva county")
    JARVA = "Järva", _("Järva county")
    LAANE = "Lääne", _("Lääne county")
    LAANE_VIRU = "Lääne-Viru", _("Lääne-Viru county")
    POLVA = "Põlva", _("Põlva county")
    PARNU = "Pärnu", _("Pärnu county")
    RAPLA = "Rapla", _("Rapla county")
    SAARE = "Saare", _("Saare county")
    TARTU = "Tartu", _("Tartu county")
    VALGA = "Valga", _("Valga county")
    VILJANDI = "Viljandi", _("Viljandi county")
    VORU = "Võru", _("Võru county")


class ObjectKind(models.TextChoices):
    PERMIT = "permit", _("Permit")
    APPLICATION = "application", _("Application")
    CADASTRAL = "cadastral", _("Cadastral unit")


def object_key(reference):
    """Fold the number of a permit, application or cadastral unit: `l.vv/12` and `LVV 12` are one."""
    return SEPARATORS.sub("", reference).upper()


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All, the unit's with the units below it, or one's own, as the role says."""
        scope = user.scope_of("inquiries.view_inquiry")
        return self.none() if scope is None else self.filter(within(user, scope))

    def exportable_by(self, user):
        scope = user.scope_of("inquiries.export_inquiry")
        return self.none() if scope is None else self.visible_to(user).filter(within(user, scope))

    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def waiting_for_callback(self):
        return self.filter(state=InquiryState.CALLBACK).order_by("callback_due_at", "pk")

    def in_inbox(self):
        """Written inquiries that wait for an answer, with the day by which it is due."""
        return self.filter(IN_INBOX)

    def with_legal_deadline(self):
        return self.filter(answer_by__isnull=False, state__in=OPEN_STATES)


# In the words of the partial indexes that serve it.
IN_INBOX = Q(channel__in=WRITTEN, answer_by__isnull=False, state__in=sorted(OPEN_STATES))


def unit_and_below(user):
    return list(user.unit.descendants()) if user.unit_id else []


def within(user, scope):
    """The condition that a row is as near to the person as the scope says."""
    if scope == Scope.ALL:
        return Q()
    if scope == Scope.UNIT:
        return Q(owner_unit__in=unit_and_below(user))
    own = user.acts_for_ids
    return Q(agent__in=own) | Q(responsible__in=own)


def seen_through_inquiry(user):
    """The condition that the inquiry of a row is visible; whoever sees all has none to look up."""
    if user.scope_of("inquiries.view_inquiry") == Scope.ALL:
        return Q()
    return Q(inquiry__in=Inquiry.objects.visible_to(user))


def _by(field, name):
    """Each filter of the list has its index, read backwards for the newest first.

    With all by which the list is ordered: the keys of a page and the count come from the index alone.
    """
    return models.Index(fields=[field, "started_at", "id"], name=f"inquiries_inquiry_{name}")


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
        indexes = [
            models.Index(fields=["started_at", "id"], name="inquiries_inquiry_newest"),
            _by("state", "state"),
            _by("outcome", "outcome"),
            _by("channel", "channel"),
            _by("language", "language"),
            _by("county", "county"),
            _by("topic", "topic"),
            _by("main_topic", "main"),
            _by("owner_unit", "unit"),
            _by("agent", "agent"),
            _by("responsible", "resp"),
            _by("client", "client"),
            # What a person still has open, counted on each opening of the day.
            models.Index(fields=["responsible", "state"], name="inquiries_inquiry_open_of"),
            # The same in the order of the list.
            models.Index(
                fields=["responsible", "started_at", "id"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="inquiries_inquiry_open_list",
            ),
            # All that is open, in the order of the list, with the day by which an answer is owed.
            models.Index(
                fields=["started_at", "id", "answer_by"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="inquiries_inquiry_open_all",
            ),
            # The moment of rows whose keys are known: what a text found, put in order.
            models.Index(fields=["id", "started_at"], name="inquiries_inquiry_moment"),
            # Found by their beginning; this operator class serves equality as well.
            models.Index(
                fields=["caller_number"],
                opclasses=["varchar_pattern_ops"],
                name="inquiries_inquiry_caller",
            ),
            models.Index(
                fields=["object_key"],
                opclasses=["varchar_pattern_ops"],
                name="inquiries_inquiry_object",
            ),
            # What came to its end lately, for the question how we served.
            models.Index(
                fields=["state_since"],
                condition=Q(state__in=["closed", "referred_out", "solved"]),
                name="inquiries_inquiry_ended",
            ),
            # Few rows of many: only those that have the value.
            models.Index(
                fields=["callback_due_at"],
                condition=Q(state=InquiryState.CALLBACK),
                name="inquiries_inquiry_callback",
            ),
            models.Index(
                fields=["state", "answer_by"],
                condition=Q(answer_by__isnull=False),
                name="inquiries_inquiry_answer_by",
            ),
            # With all by which the inbox is narrowed, so that the index alone answers how many wait.
            models.Index(
                fields=["answer_by", "id", "owner_unit", "channel", "state"],
                condition=IN_INBOX,
                name="inquiries_inquiry_inbox",
            ),
            models.Index(
                fields=["responsible", "answer_by", "id"],
                condition=IN_INBOX,
                name="inquiries_inquiry_inbox_of",
            ),
            models.Index(
                fields=["state_since"],
                condition=Q(state__in=[InquiryState.SOLVED, InquiryState.REFERRED_OUT]),
                name="inquiries_inquiry_settled",
            ),
            models.Index(
                fields=["recording_expires_on"],
                condition=~Q(recording_reference=""),
                name="inquiries_inquiry_recording",
            ),
            models.Index(
                fields=["follow_up_of"],
                condition=Q(follow_up_of__isnull=False),
                name="inquiries_inquiry_follow_up",
            ),
            models.Index(
                fields=["mentions"],
                condition=Q(mentions__isnull=False),
                name="inquiries_inquiry_mentions",
            ),
            models.Index(
                fields=["source_version"],
                condition=Q(source_version__isnull=False),
                name="inquiries_inquiry_source",
            ),
            models.Index(
                fields=["referral_body"],
                condition=Q(referral_body__isnull=False),
                name="inquiries_inquiry_referral",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                opclasses=["varchar_pattern_ops"],
                name="inquiries_inquiry_number_once",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(client__isnull=True),
                name="inquiries_inquiry_anonymous_has_no_client",
            ),
            models.CheckConstraint(
                condition=(
                    Q(identified_how=IdentifiedHow.FACTS)
                    & ~Q(first_fact="")
                    & ~Q(second_fact="")
                    & ~Q(first_fact=F("second_fact"))
                )
                | (~Q(identified_how=IdentifiedHow.FACTS) & Q(first_fact="", second_fact="")),
                name="inquiries_inquiry_identified_by_two_facts",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="inquiries_inquiry_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(wrapped_up_at__gte=F("started_at")),
                name="inquiries_inquiry_wrapped_up_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=InquiryState.CALLBACK) | Q(callback_due_at__isnull=False),
                name="inquiries_inquiry_callback_has_due",
            ),
            models.CheckConstraint(
                condition=Q(legal_kind="", registered_on__isnull=True, answer_by__isnull=True)
                | (~Q(legal_kind="") & Q(registered_on__isnull=False, answer_by__isnull=False)),
                name="inquiries_inquiry_legal_kind_has_term",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=InquiryState.RECEIVED, agent__isnull=True, responsible__isnull=True
                )
                | (
                    ~Q(state=InquiryState.RECEIVED)
                    & Q(agent__isnull=False, responsible__isnull=False)
                ),
                name="inquiries_inquiry_received_has_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="")
                | Q(state__in=[InquiryState.RECEIVED, InquiryState.IN_WORK]),
                name="inquiries_inquiry_outcome_unless_in_work",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False)
                | (~Q(restriction_basis="") & Q(restricted_until__isnull=False)),
                name="inquiries_inquiry_restricted_has_basis",
            ),
            models.CheckConstraint(
                condition=Q(recording_reference="") | Q(recording_expires_on__isnull=False),
                name="inquiries_inquiry_recording_expires",
            ),
        ]

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
