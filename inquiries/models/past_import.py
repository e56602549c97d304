from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.past.tables import Shape
from inquiries.states import PAST_WORK, PastImportState


class PastHolds(models.TextChoices):
    INQUIRIES = "inquiries", _("Inquiries, with their clients")
    CLIENTS = "clients", _("Clients only")


class PastImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("inquiries.import_past") else self.none()

    def abandoned(self, at):
        """Owed but with nobody at work: the task was lost or its worker was killed."""
        return self.filter(state__in=PAST_WORK).filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        )


class PastImport(models.Model):
    """The taking over of one file of another system or a spreadsheet, and how far it has come."""

    # What the numbers in the file are unique within: an old number of one source comes once.
    source = models.CharField(max_length=80)
    holds = models.CharField(max_length=10, choices=PastHolds)
    # Encrypted, and taken away when its time is over: what is needed later stands in rows.
    file = models.ForeignKey(
        "common.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveBigIntegerField(default=0)

    sheet = models.CharField(max_length=100, blank=True)
    encoding = models.CharField(max_length=10, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    heading_row = models.PositiveIntegerField(default=1)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # place of the column, as text → field
    day_first = models.BooleanField(default=True)
    zone = models.CharField(max_length=40, default="Europe/Tallinn")
    # By field: what a word counts as for which nobody has chosen; "" sets the row aside.
    fallbacks = models.JSONField(default=dict)

    state = models.CharField(
        max_length=10, choices=PastImportState, default=PastImportState.SETTING_UP
    )
    failed_at_state = models.CharField(max_length=10, choices=PastImportState, blank=True)
    reason = models.CharField(max_length=60, blank=True)  # why it failed, as a code
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undo_takes_changed = models.BooleanField(default=False)

    position = models.PositiveIntegerField(default=0)  # the last line dealt with
    total_rows = models.PositiveIntegerField(default=0)  # of the last trial
    rows = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    clients_made = models.PositiveIntegerField(default=0)
    clients_known = models.PositiveIntegerField(default=0)
    without_client = models.PositiveIntegerField(default=0)
    taken_back = models.PositiveIntegerField(default=0)
    clients_taken_back = models.PositiveIntegerField(default=0)
    # One worker at a time: each batch is saved only by who holds the lease.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = PastImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PastImportState.DONE) | Q(finished_at__isnull=False),
                name="inquiries_pastimport_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=PastImportState.UNDONE) | Q(undone_at__isnull=False),
                name="inquiries_pastimport_undone_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.file_name}"

    @property
    def shape(self):
        return Shape(self.sheet, self.encoding, self.delimiter, self.heading_row)

    @property
    def fields(self):
        """Field by the place of its column."""
        return {int(place): field for place, field in self.columns.items()}

    @property
    def time_zone(self):
        return ZoneInfo(self.zone)

    @property
    def is_at_work(self):
        return self.state in PAST_WORK

    @property
    def of_clients(self):
        return self.holds == PastHolds.CLIENTS

    @property
    def per_cent(self):
        return min(99, 100 * self.rows // self.total_rows) if self.total_rows else 0


class PastValue(models.Model):
    """A word of the old system for one of our choices, how often it stands there, and what it means."""

    past_import = models.ForeignKey(PastImport, on_delete=models.CASCADE, related_name="values")
    field = models.CharField(max_length=12)
    key = models.CharField(max_length=120)  # folded, so that spellings are one
    text = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=0)
    ours = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["field", "-count", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["past_import", "field", "key"], name="inquiries_pastvalue_once"
            )
        ]

    def __str__(self):
        return f"{self.field}: {self.text}"


class RowAside(models.Model):
    """A row that could not be taken over: where it stands and why. What it holds stays in the file."""

    past_import = models.ForeignKey(PastImport, on_delete=models.CASCADE, related_name="rows_aside")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    field = models.CharField(max_length=20, blank=True)
    shown = models.CharField(max_length=80, blank=True)  # the text that was refused, never a code

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["past_import", "line"], name="inquiries_rowaside_once")
        ]

    def __str__(self):
        return f"{self.line}: {self.reason}"
