from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.models.inquiry import seen_through_inquiry
from inquiries.models.inquiry_choices import WRITTEN, Channel, Language

CHANNELS = [(one.value, one.label) for one in WRITTEN]


class LetterDirection(models.TextChoices):
    IN = "in", _("from the client")
    OUT = "out", _("to the client")
    BODY = "body", _("to another body")
    INTERNAL = "internal", _("within the agency")


class LetterKind(models.TextChoices):
    INCOMING = "incoming", _("Letter")
    ANSWER = "answer", _("Answer")
    QUESTION = "question", _("Question to the sender")
    NOTICE_FORWARDED = "notice_forwarded", _("Notice of forwarding")
    NOTICE_EXTENDED = "notice_extended", _("Notice of a longer term")
    TO_BODY = "to_body", _("Forwarding to another body")
    TO_UNIT = "to_unit", _("Question to a unit")
    REMINDER = "reminder", _("Reminder to a unit")
    FROM_UNIT = "from_unit", _("Answer of a unit")
    NOTE = "note", _("Internal note")


DIRECTION_OF = {
    LetterKind.INCOMING: LetterDirection.IN,
    LetterKind.ANSWER: LetterDirection.OUT,
    LetterKind.QUESTION: LetterDirection.OUT,
    LetterKind.NOTICE_FORWARDED: LetterDirection.OUT,
    LetterKind.NOTICE_EXTENDED: LetterDirection.OUT,
    LetterKind.TO_BODY: LetterDirection.BODY,
    LetterKind.TO_UNIT: LetterDirection.INTERNAL,
    LetterKind.REMINDER: LetterDirection.INTERNAL,
    LetterKind.FROM_UNIT: LetterDirection.INTERNAL,
    LetterKind.NOTE: LetterDirection.INTERNAL,
}


# What a person wrote or passes on; the others are notices that the system draws up.
WRITTEN_BY_PEOPLE = frozenset(
    {LetterKind.ANSWER, LetterKind.QUESTION, LetterKind.TO_BODY, LetterKind.TO_UNIT}
)


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(seen_through_inquiry(user))

    def leaving(self):
        """Sent, but still to be taken back."""
        return self.filter(leaves_at__isnull=False, left_at__isnull=True)

    def due_to_leave(self, at):
        """Leaving, and the moment in which it could be taken back without a trace is over."""
        return self.leaving().filter(leaves_at__lte=at, to_post_since__isnull=True)

    def to_post(self):
        """To be printed and posted: nothing of it has reached anybody yet."""
        return self.filter(to_post_since__isnull=False, left_at__isnull=True)


class Letter(models.Model):
    """One piece of writing in the thread of an inquiry: from the client, to the client, or between us.

    Only what goes to the client ever leaves to the client's address. The text is plain.
    """

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="letters", db_index=False
    )
    direction = models.CharField(_("direction"), max_length=10, choices=LetterDirection)
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind)
    channel = models.CharField(_("channel"), max_length=10, choices=CHANNELS)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    sender_name = models.CharField(_("sender"), max_length=200, blank=True)
    sender_address = models.CharField(_("sender's address"), max_length=300, blank=True)
    recipient_name = models.CharField(_("recipient"), max_length=200, blank=True)
    recipient_address = models.CharField(_("recipient's address"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    files = models.ManyToManyField("common.StoredFile", related_name="letters", blank=True)
    at = models.DateTimeField(_("received or written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    message_id = models.CharField(max_length=255, blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    # The hash of the token by which a reply to this letter finds its thread.
    thread_hash = models.CharField(max_length=64, blank=True)
    mail = models.OneToOneField(
        "common.OutgoingMail",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letter",
    )
    leaves_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # From when on a letter on paper waits to be printed and posted; it leaves when somebody says so.
    to_post_since = models.DateTimeField(null=True, blank=True)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce_reason = models.CharField(max_length=300, blank=True)

    source_version = models.ForeignKey(
        "knowledge.ArticleVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    source_text = models.CharField(_("source: law"), max_length=300, blank=True)
    read_for_quality_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_for_quality_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["inquiry", "at"], name="inquiries_letter_thread"),
            models.Index(
                fields=["leaves_at"],
                condition=Q(leaves_at__isnull=False, left_at__isnull=True),
                name="inquiries_letter_leaving",
            ),
            models.Index(
                fields=["to_post_since", "id"],
                condition=Q(to_post_since__isnull=False, left_at__isnull=True),
                name="inquiries_letter_to_post",
            ),
            models.Index(
                fields=["message_id"],
                condition=~Q(message_id=""),
                name="inquiries_letter_message",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"],
                condition=Q(direction=LetterDirection.IN) & ~Q(message_id=""),
                name="inquiries_letter_received_once",
            ),
            models.UniqueConstraint(
                fields=["thread_hash"],
                condition=~Q(thread_hash=""),
                name="inquiries_letter_thread_token_once",
            ),
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(leaves_at__isnull=False, left_at__isnull=True),
                name="inquiries_letter_one_leaving",
            ),
            # What is between us carries no way into the client's thread.
            models.CheckConstraint(
                condition=Q(thread_hash="") | Q(direction=LetterDirection.OUT),
                name="inquiries_letter_only_to_client_has_token",
            ),
            models.CheckConstraint(
                condition=Q(read_for_quality_by__isnull=True, read_for_quality_at__isnull=True)
                | Q(read_for_quality_by__isnull=False, read_for_quality_at__isnull=False),
                name="inquiries_letter_read_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_leaving(self):
        return self.leaves_at is not None and self.left_at is None

    @property
    def is_by_post(self):
        return self.channel == Channel.POST

    @property
    def is_to_post(self):
        return self.to_post_since is not None and self.left_at is None
