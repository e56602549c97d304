from django.conf import settings
from django.db import models

from common.models import Versioned


class InquiryDraftQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(owner=user, discarded_at__isnull=True).order_by("started_at", "pk")

    def visible_to(self, user):
        return self.filter(owner=user)


class InquiryDraft(Versioned):
    """What an agent has typed about a contact that is not finished yet.

    Whatever stands in the fields of the page is kept as it is typed and judged only at the
    finish. The browser makes the key, and the inquiry takes it over, so that a contact becomes
    one inquiry however often it is sent.
    """

    key = models.UUIDField(primary_key=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inquiry_drafts"
    )
    typed = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_index=True)
    discarded_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = InquiryDraftQuerySet.as_manager()

    def __str__(self):
        return str(self.key)

    @property
    def is_empty(self):
        """Nothing was typed beyond what the page opened with."""
        return not any(
            str(self.typed.get(name, "")).strip()
            for name in ("question", "answer", "client", "topic", "caller_number", "outcome")
        )
