from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.call_records import Profile, ProfileNotValid
from registry.states import ImportState


class CallRecordProfile(models.Model):
    """How the call records of one kind of exchange are read: columns, clock, numbers, grouping."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    layout = models.JSONField(_("layout"))  # as inquiries/call_records/profile.py reads it

    class Meta:
        ordering = ["name"]
        verbose_name = _("profile of call records")
        verbose_name_plural = _("profiles of call records")

    def __str__(self):
        return self.name

    def clean(self):
        try:
            self.profile()
        except ProfileNotValid as fault:
            raise ValidationError({"layout": str(fault)}) from fault

    def profile(self) -> Profile:
        return Profile.of(self.layout)


class CallImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("inquiries.import_calls") else self.none()

    def abandoned(self, at):
        """Owed but with nobody at work: the task was lost or its worker was killed."""
        return self.filter(state__in=[ImportState.QUEUED, ImportState.RUNNING]).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        )


class CallImport(models.Model):
    """The taking over of one file of call records, and how far it has come."""

    line = models.ForeignKey("inquiries.PhoneLine", on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(CallRecordProfile, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=500)
    file_name = models.CharField(max_length=255)
    file_size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.QUEUED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)  # why it failed
    position = models.PositiveIntegerField(default=0)  # lines dealt with: where it goes on
    share_read = models.FloatField(default=0)
    added = models.PositiveIntegerField(default=0)  # records
    unchanged = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)  # that speak of no call
    set_aside = models.PositiveIntegerField(default=0)
    new_calls = models.PositiveIntegerField(default=0)
    merged_calls = models.PositiveIntegerField(default=0)
    # One worker at a time: each batch is saved only by who holds the lease.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = CallImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name

    @property
    def per_cent(self):
        return 100 if self.state == ImportState.DONE else min(99, int(self.share_read * 100))


class CallRecord(models.Model):
    """One row of an exchange's records as it came; each leg of a call is taken over once."""

    line = models.ForeignKey(
        "inquiries.PhoneLine", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    call = models.ForeignKey(
        "inquiries.PhoneCall", on_delete=models.CASCADE, related_name="records"
    )
    call_import = models.ForeignKey(
        CallImport, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    record_id = models.CharField(max_length=250)
    leg = models.CharField(max_length=250)
    raw = models.TextField()
    at = models.DateTimeField(db_index=True)  # of the leg: how long it is kept

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "record_id", "leg"], name="inquiries_callrecord_leg_once"
            )
        ]

    def __str__(self):
        return f"{self.record_id} {self.leg}"


class BadCallRecord(models.Model):
    """A row that could not be taken over: its line, why, and the row itself."""

    call_import = models.ForeignKey(
        CallImport, on_delete=models.CASCADE, related_name="bad_records"
    )
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    raw = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call_import", "position"], name="inquiries_badcallrecord_once"
            )
        ]

    def __str__(self):
        return f"{self.position}: {self.reason}"
