from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.mail_states import AsideReason, IncomingState
from common.models.about import AboutQuerySet, AboutRecord


class IncomingMailQuerySet(AboutQuerySet):
    def waiting(self, at: datetime) -> Self:
        """Mails that nobody has filed, though a worker has had the time to."""
        return self.filter(state=IncomingState.RECEIVED, due_at__lte=at)


class IncomingMail(AboutRecord):
    """A letter that reached our mailbox, kept as it came before anything is made of it.

    `about` names what became of it: the letter it was filed as, or the one of ours that it speaks of.
    """

    mailbox = models.ForeignKey("common.Mailbox", on_delete=models.PROTECT, related_name="mails")
    # The server's own number of it: UIDs mean something only beside the UIDVALIDITY they came with.
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    raw = models.OneToOneField("common.StoredFile", on_delete=models.PROTECT, related_name="+")
    size = (
        models.PositiveBigIntegerField()
    )  # on the server; more than `raw` where that is the head only
    received_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IncomingState, default=IncomingState.RECEIVED)
    reason = models.CharField(max_length=20, choices=AsideReason, blank=True)
    due_at = models.DateTimeField()  # when the sweep may take it up
    attempts = models.PositiveSmallIntegerField(default=0)

    sender_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    # Files that did not pass the upload gate: name, size, code of the refusal. They are in `raw`.
    refused_files = models.JSONField(default=list, blank=True)

    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="common_incoming_about"),
            models.Index(
                fields=["due_at"], condition=Q(state="received"), name="common_incoming_waiting"
            ),
            models.Index(
                fields=["-received_at", "-id"],
                condition=Q(state="set_aside"),
                name="common_incoming_aside",
            ),
            models.Index(fields=["settled_at"], name="common_incoming_settled"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "uid_validity", "uid"], name="common_incoming_once"
            ),
            models.CheckConstraint(
                condition=(Q(state="set_aside") & ~Q(reason="")) | ~Q(state="set_aside"),
                name="common_incoming_aside_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "set_aside"], settled_at__isnull=True)
                | Q(state__in=["filed", "noted", "dismissed"], settled_at__isnull=False),
                name="common_incoming_settled_at_goes_with_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.uid_validity}/{self.uid} {self.state}"

    def content(self) -> bytes:
        with self.raw.file.open("rb") as file:
            return bytes(file.read())
