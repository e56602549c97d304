from django.conf import settings
from django.db import models

from common.models import Versioned

SET_BY_THE_PAGE = frozenset({"channel", "language"})
MOST_OPEN = 5  # contacts that one person has begun and not finished, side by side


class InquiryDraftQuerySet(models.QuerySet):
    def open(self):
        """Neither thrown away nor made an inquiry."""
        return self.filter(discarded_at__isnull=True, finished_at__isnull=True)

    def of(self, user):
        return self.open().filter(owner=user).order_by("started_at", "pk")

    def written_by(self, user):
        """Those in which something is written."""
        return [draft for draft in self.of(user) if not draft.is_empty]

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
    # What the page called the save that wrote this version; empty: nobody's page did.
    last_attempt = models.CharField(max_length=20, blank=True, db_default="", editable=False)
    discarded_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # A finished draft stays aside for a while, so that the finish can be taken back.
    finished_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # By which it came from a colleague, if it did.
    passing = models.ForeignKey(
        "inquiries.DraftPassing",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # Those of the inquiry whose finish was taken back; the next finish takes them again.
    kept_id = models.BigIntegerField(null=True, blank=True, editable=False)
    kept_number = models.CharField(max_length=20, blank=True, db_default="", editable=False)

    objects = InquiryDraftQuerySet.as_manager()

    def __str__(self):
        return str(self.key)

    @property
    def is_empty(self):
        """Nothing was typed beyond what the page opened with."""
        return not any(
            str(text).strip() for name, text in self.typed.items() if name not in SET_BY_THE_PAGE
        )
