from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.states import ImportState


class FileKind(models.TextChoices):
    BASIC = "basic", _("Basic data (lihtandmed)")
    CARDS = "cards", _("Persons on the card (kaardile kantud isikud)")


class RegisterImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("registry.import_open_data") else self.none()

    def done(self):
        return self.filter(state=ImportState.DONE)

    def abandoned(self, at):
        """Owed but with nobody at work: the task was lost or its worker was killed."""
        return self.filter(state__in=[ImportState.QUEUED, ImportState.RUNNING]).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        )


class RegisterImport(models.Model):
    """The taking over of one file of the register's open data, and how far it has come."""

    kind = models.CharField(max_length=10, choices=FileKind, blank=True)
    path = models.CharField(max_length=500)
    file_name = models.CharField(max_length=255)
    file_size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)  # the file's own moment (Last-Modified)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.QUEUED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it failed, or what it left undone
    # Records dealt with: where a resumed import goes on.
    position = models.PositiveIntegerField(default=0)
    share_read = models.FloatField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    # One worker at a time: each batch is saved only by who holds the lease.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, finished_at__isnull=False)
                | ~Q(state=ImportState.DONE),
                name="registry_registerimport_done_has_moment",
            )
        ]

    def __str__(self):
        return self.file_name

    @property
    def good(self):
        return self.added + self.changed + self.unchanged

    @property
    def per_cent(self):
        return 100 if self.state == ImportState.DONE else min(99, int(self.share_read * 100))


class BadRecord(models.Model):
    """A record of a file that could not be taken over; the place is kept, the content is not."""

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="bad_records"
    )
    position = models.PositiveIntegerField()  # line of a CSV file, record of a JSON file
    reason = models.CharField(max_length=60)
    registry_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register_import", "position"], name="registry_badrecord_once"
            )
        ]

    def __str__(self):
        return f"{self.position}: {self.reason}"


class SeenCode(models.Model):
    """A code met while an import runs; what was never met is missing from the file."""

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="seen_codes", db_index=False
    )
    registry_code = models.CharField(max_length=20)

    class Meta:
        indexes = [
            models.Index(fields=["registry_code", "register_import"], name="registry_seen_code")
        ]

    def __str__(self):
        return self.registry_code
