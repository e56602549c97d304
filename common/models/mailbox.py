from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailboxQuerySet(models.QuerySet):
    def silent(self, at: datetime) -> Self:
        """Not read for so long that somebody must look why."""
        since = at - timedelta(minutes=settings.MAILBOX_SILENT_MINUTES)
        return self.filter(Q(read_at__isnull=True) | Q(read_at__lt=since))


class Mailbox(models.Model):
    """A mailbox that we read: when it was read last, and what was wrong since."""

    name = models.CharField(
        max_length=200, unique=True
    )  # as IMAP_URL names it, without the password
    leased_until = models.DateTimeField(null=True, blank=True)  # somebody reads it now
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)  # readings since, all in vain
    # Letters at which a reading broke off, as [uid validity, uid]: they are tried after all others.
    stumbled_over = models.JSONField(default=list, blank=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="", trouble_since__isnull=True)
                | (~Q(trouble="") & Q(trouble_since__isnull=False)),
                name="common_mailbox_trouble_has_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name
