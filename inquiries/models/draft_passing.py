from django.conf import settings
from django.db import models
from django.db.models import Q


class DraftPassingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(taken_back_at__isnull=True)

    def new_to(self, user):
        """What came to a person and has not been on the screen yet."""
        return self.standing().filter(to=user, is_callback=False, seen_at__isnull=True)


class DraftPassing(models.Model):
    """A contact that one agent began goes on with a colleague: at once, or as a callback promised."""

    contact_key = models.UUIDField(db_index=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Of the draft as it came: while it is still this, the colleague has typed nothing.
    version = models.PositiveIntegerField()
    is_callback = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = DraftPassingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["to"],
                condition=Q(is_callback=False, seen_at=None, taken_back_at=None),
                name="inquiries_draftpassing_new",
            )
        ]

    def __str__(self):
        return f"{self.by} → {self.to} {self.at:%Y-%m-%d %H:%M}"
