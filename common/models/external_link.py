from datetime import datetime

from django.conf import settings
from django.db import models

from common.models.about import AboutManager, AboutRecord


class ExternalLink(AboutRecord):
    """A key to one page, given to somebody who has no account with us."""

    purpose = models.CharField(max_length=40)  # "clients.confirm_email"
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AboutManager()

    class Meta:
        indexes = [models.Index(fields=["about_type", "about_id"], name="common_link_about")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about_type} {self.about_id}"

    def is_valid(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at


class LinkOpening(models.Model):
    """One try to open an external link."""

    link = models.ForeignKey(ExternalLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    was_let_in = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.link} at {self.at:%Y-%m-%d %H:%M}"
