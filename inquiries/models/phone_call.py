from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Scope
from clients.phones import spoken_phone
from inquiries.models.inquiry import Inquiry
from inquiries.models.inquiry_draft import InquiryDraft
from inquiries.models.inquiry_reach import unit_and_below

# A call that never got its end (the event was lost) is not under way for ever.
LONGEST_CALL = timedelta(hours=4)


class Direction(models.TextChoices):
    """Seen from the office."""

    IN = "in", _("incoming")
    OUT = "out", _("outgoing")


class LinkedHow(models.TextChoices):
    POP = "pop", _("the agent opened it when it rang")
    RULE = "rule", _("the same agent, number and time")
    HAND = "hand", _("by hand")
    APART = "apart", _("parted by hand")


class PhoneCallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All, those of the unit's people, or those that one took or that rang for one."""
        scope = user.scope_of("inquiries.view_phone_call")
        if scope is None:
            return self.none()
        if scope == Scope.ALL:
            return self
        if scope == Scope.UNIT:
            return self.filter(agent__unit__in=unit_and_below(user))
        return self.filter(Q(agent=user) | Q(pk__in=user.phone_rings.values("call")))

    def missed(self):
        return self.filter(is_missed=True)

    def under_way(self, at: datetime):
        return self.filter(
            ended_at__isnull=True, rang_at__gt=at - LONGEST_CALL, was_turned_away=False
        )

    def waiting(self, at: datetime):
        return self.under_way(at).filter(answered_at__isnull=True, direction=Direction.IN)

    def talking(self, at: datetime):
        return self.under_way(at).filter(answered_at__isnull=False)

    def lost(self, at: datetime):
        """Calls whose end nobody told us of."""
        return self.filter(ended_at__isnull=True, rang_at__lte=at - LONGEST_CALL)

    def not_written_down(self):
        """Calls of which there is no inquiry, and no draft is being written."""
        same_contact = {"key": OuterRef("contact_key")}
        return self.filter(~Exists(Inquiry.objects.filter(**same_contact))).filter(
            ~Exists(InquiryDraft.objects.open().filter(**same_contact))
        )

    def without_inquiry(self):
        """Answered calls about which nothing is written down, and no draft is being written."""
        return self.not_written_down().filter(
            direction=Direction.IN,
            answered_at__isnull=False,
            ended_at__isnull=False,
            set_aside_at__isnull=True,
        )


class PhoneCall(models.Model):
    """One call through a telephone exchange, whether or not anything was written down about it.

    `rang_at`, `answered_at` and `ended_at` are what counts: by the exchange's clock where it told
    one, else the moment at which we heard of it; when we heard is kept beside them.
    """

    line = models.ForeignKey(
        "inquiries.PhoneLine", on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    call_id = models.CharField(max_length=250)
    # The exchange's records may name the call otherwise than its events do.
    record_id = models.CharField(max_length=250, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    from_given = models.CharField(max_length=64, blank=True)
    from_number = models.CharField(_("from"), max_length=32, blank=True)
    to_given = models.CharField(max_length=64, blank=True)
    to_number = models.CharField(_("to"), max_length=32, blank=True)
    # The other side's number, whoever called; empty if it is withheld.
    number = models.CharField(_("number"), max_length=32, blank=True)
    queue = models.CharField(_("queue"), max_length=100, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("agent"),
    )
    rang_at = models.DateTimeField(_("rang"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    heard_rang_at = models.DateTimeField(null=True, blank=True)
    heard_answered_at = models.DateTimeField(null=True, blank=True)
    heard_ended_at = models.DateTimeField(null=True, blank=True)
    is_timed_by_exchange = models.BooleanField(default=False)
    waited_seconds = models.PositiveIntegerField(null=True, blank=True)  # in the queue, as told
    cause = models.CharField(_("cause"), max_length=30, blank=True)
    is_missed = models.BooleanField(_("missed"), default=False)
    was_turned_away = models.BooleanField(default=False)  # its number was blocked
    recording_reference = models.CharField(_("recording"), max_length=200, blank=True)

    # The key of the contact that it belongs to: of a draft, later of the inquiry made from it.
    contact_key = models.UUIDField(null=True, blank=True)
    linked_how = models.CharField(max_length=5, choices=LinkedHow, blank=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)  # nothing to write down about it
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PhoneCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone call")
        verbose_name_plural = _("phone calls")
        indexes = [
            models.Index(fields=["rang_at"], name="inquiries_phonecall_rang"),
            models.Index(fields=["agent", "rang_at"], name="inquiries_phonecall_agent"),
            models.Index(fields=["number", "rang_at"], name="inquiries_phonecall_number"),
            models.Index(
                fields=["contact_key"],
                condition=Q(contact_key__isnull=False),
                name="inquiries_phonecall_contact",
            ),
            models.Index(
                fields=["rang_at"], condition=Q(is_missed=True), name="inquiries_phonecall_missed"
            ),
            models.Index(
                fields=["rang_at"],
                condition=Q(ended_at__isnull=True),
                name="inquiries_phonecall_under_way",
            ),
            models.Index(
                fields=["line", "record_id"],
                condition=~Q(record_id=""),
                name="inquiries_phonecall_record",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "call_id"], name="inquiries_phonecall_once_a_line"
            ),
            models.CheckConstraint(
                condition=Q(is_missed=False)
                | Q(ended_at__isnull=False, answered_at__isnull=True, direction="in"),
                name="inquiries_phonecall_missed_was_not_answered",
            ),
            models.CheckConstraint(
                condition=Q(linked_how__in=["", "apart"], contact_key__isnull=True)
                | (~Q(linked_how__in=["", "apart"]) & Q(contact_key__isnull=False)),
                name="inquiries_phonecall_linked_somehow",
            ),
        ]

    def __str__(self):
        return f"{self.rang_at:%Y-%m-%d %H:%M} {self.call_id}"

    def is_in_scope(self, user, scope):
        if scope == Scope.ALL:
            return True
        if scope == Scope.UNIT:
            return self.agent is not None and self.agent.unit in unit_and_below(user)
        return self.agent_id == user.pk or self.rings.filter(user=user).exists()

    @property
    def number_shown(self):
        return spoken_phone(self.number) if self.number else ""

    @property
    def is_under_way(self):
        return self.ended_at is None


class PhoneRing(models.Model):
    """A call rang for a member of staff, and what that person did about the pop on the screen."""

    call = models.ForeignKey(PhoneCall, on_delete=models.CASCADE, related_name="rings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="phone_rings"
    )
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # the caller's card came on the screen
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "user"], name="inquiries_phonering_once")
        ]

    def __str__(self):
        return f"{self.call_id} {self.user_id}"


class PhoneEvent(models.Model):
    """What an exchange told us of a call, as it came; the same word is kept once."""

    line = models.ForeignKey(
        "inquiries.PhoneLine", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    call = models.ForeignKey(PhoneCall, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10)
    # Of the kind and of whom it speaks: a call may ring at several desks.
    digest = models.CharField(max_length=64)
    raw = models.JSONField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "digest"], name="inquiries_phoneevent_once")
        ]

    def __str__(self):
        return f"{self.call_id} {self.kind}"
