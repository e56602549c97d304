from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from documents.trust_words import Store

LIST_OF_LISTS = "*"  # stands in `territory` of the source that names all others
DAY = timedelta(days=1)
PAUSE_AFTER_FAILURE = timedelta(hours=1)


class TrustedListSource(models.Model):
    """A list that is kept fresh: when it was looked for last, and what was wrong since.

    The row of the list of lists also holds the turn (one refresh at a time) and the wish for one.
    """

    store = models.CharField(max_length=4, choices=Store)
    territory = models.CharField(max_length=10)
    tried_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)  # the last time that all was well
    problem = models.CharField(max_length=40, blank=True)  # code; documents/list_problems.py
    detail = models.CharField(max_length=200, blank=True)
    problem_since = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "territory"], name="documents_trustedlistsource_once"
            ),
            models.CheckConstraint(
                condition=Q(problem="", problem_since__isnull=True)
                | (~Q(problem="") & Q(problem_since__isnull=False)),
                name="documents_trustedlistsource_problem_has_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.territory}"

    def is_due(self, at: datetime) -> bool:
        """Whether it is time to look again: each day, and an hour after a failure."""
        if self.tried_at is None or self.wanted_at is not None:
            return True
        return self.tried_at <= at - (PAUSE_AFTER_FAILURE if self.problem else DAY)

    def is_being_fetched(self, at: datetime) -> bool:
        return self.leased_until is not None and self.leased_until > at
