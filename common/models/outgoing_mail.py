from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from common.encryption import EncryptedTextField
from common.mail_states import MailState
from common.models.about import AboutQuerySet, AboutRecord


class OutgoingMailQuerySet(AboutQuerySet):
    def due(self, at: datetime) -> Self:
        """Mails that a worker may take now: put off until a past moment, or dropped by a worker."""
        return self.filter(
            Q(state=MailState.QUEUED, due_at__lte=at)
            | Q(state=MailState.SENDING, leased_until__lt=at)
        )


class OutgoingMail(AboutRecord):
    """A letter that we owe to somebody, from the moment it is decided until a server took it."""

    key = models.CharField(max_length=150, unique=True)  # the same letter is queued once
    message_id = models.CharField(max_length=150, unique=True)  # never changes: see docs/adr
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = EncryptedTextField()  # may hold a link that opens without a password
    language = models.CharField(max_length=2)
    # Else it is a notice of ours, and says so to other machines (RFC 3834).
    is_written_by_person = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="common_mail_about"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="common_mail_due",
            ),
            models.Index(fields=["state", "queued_at"], name="common_mail_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "returned"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "returned"]) & Q(sent_at__isnull=True)),
                name="common_mail_sent_at_goes_with_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, leased_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(leased_until__isnull=True)),
                name="common_mail_lease_goes_with_sending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    @property
    def recipient_shown(self) -> str:
        """The address as far as whoever looks after the post needs it."""
        name, _at, host = self.to.partition("@")
        return f"{name[:1]}***@{host}"

    @property
    def error_shown(self) -> str:
        """What the server said, without the address that it often repeats."""
        return self.last_error.replace(self.to, self.recipient_shown)

    def state_in_words(self) -> str:
        """Say how it stands, and why it still waits."""
        if self.state != MailState.QUEUED:
            return str(MailState(self.state).label)
        if not settings.EMAIL_HOST:
            return gettext("Waiting: no mail server has been set up")
        if self.attempts:
            return gettext("Waiting: the mail server has not taken it yet")
        return str(MailState.QUEUED.label)


class OutgoingAttachment(models.Model):
    """A file that goes with a letter, kept in the database so that it is queued or rolled back with it."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
