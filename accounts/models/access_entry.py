import datetime as dt

from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.log_words import RECORDS, WORDS
from accounts.refused_pages import refused_in_words


class AccessEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("accounts.view_access_log") else self.none()

    def since(self, day):
        return self.filter(at__gte=timezone.make_aware(dt.datetime.combine(day, dt.time())))


class AccessEntry(models.Model):
    """One line of the access log: who looked at or changed whose record, when and why.

    Insert-only, held by a database trigger. People and records stand here as plain ids, so that
    the log can live in a second database and outlive what it speaks of.
    """

    at = models.DateTimeField(db_index=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    by_name = models.CharField(max_length=150, blank=True)
    what = models.CharField(max_length=60)  # "client.view", "client.reveal_code", "authz.denied"
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    result_count = models.PositiveIntegerField(null=True)

    objects = AccessEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="accounts_access_newest"),
            models.Index(
                fields=["subject_type", "subject_id", "-at"], name="accounts_access_subject"
            ),
        ]
        verbose_name_plural = "access entries"

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"

    @property
    def what_in_words(self):
        return WORDS.get(self.what, self.what)

    @property
    def reason_in_words(self):
        return refused_in_words(self.reason) if self.what == "authz.denied" else self.reason

    @property
    def subject_in_words(self):
        """The kind of record as its app calls it, and its id."""
        kind = RECORDS.get(self.subject_type) or self._name_of_model()
        return f"{kind} {self.subject_id}"

    def _name_of_model(self):
        try:
            return apps.get_model(self.subject_type)._meta.verbose_name
        except (LookupError, ValueError):
            return self.subject_type
