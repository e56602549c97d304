import zlib
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from documents.trust_words import ListKind, Store, Verification

ENDING_SOON = timedelta(days=14)


class TrustedListQuerySet(models.QuerySet):
    def current(self, store: str) -> Self:
        return self.filter(store=store, is_current=True)

    def verified(self) -> Self:
        return self.exclude(verification=Verification.AS_IT_IS)

    def without_content(self) -> Self:
        """For pages: content is some hundred kilobytes a row."""
        return self.defer("content")


class TrustedList(models.Model):
    """One issue of a trusted list, or of the list of lists, as it was fetched or brought by hand.

    Kept for good: a report of a signature points at what was believed then. The content stands in
    the database, so that it is there whole with its row, or not at all.
    """

    store = models.CharField(max_length=4, choices=Store)
    kind = models.CharField(max_length=8, choices=ListKind)
    territory = models.CharField(max_length=10)
    source = models.CharField(max_length=500)  # the address, or the name of the file
    sequence = models.PositiveIntegerField()
    issued_at = models.DateTimeField(null=True)
    next_update = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()  # packed by zlib
    fetched_at = models.DateTimeField()
    checked_at = models.DateTimeField()  # when it was last found to be the one in force
    is_current = models.BooleanField(default=True)

    verification = models.CharField(max_length=10, choices=Verification)
    signer_name = models.CharField(max_length=300, blank=True)
    signer_sha256 = models.CharField(max_length=64, blank=True)
    # The list of lists that names the signer.
    named_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)  # why it is believed as it is

    objects = TrustedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "kind", "territory", "sequence", "sha256"],
                name="documents_trustedlist_once",
            ),
            models.UniqueConstraint(
                fields=["store", "territory"],
                condition=Q(is_current=True, kind="services"),
                name="documents_trustedlist_one_current",
            ),
            models.UniqueConstraint(
                fields=["store"],
                condition=Q(is_current=True, kind="lists"),
                name="documents_trustedlist_one_list_of_lists",
            ),
            models.CheckConstraint(
                condition=(Q(verification="as_it_is", signer_sha256="") & ~Q(reason=""))
                | (Q(reason="") & ~Q(verification="as_it_is") & ~Q(signer_sha256="")),
                name="documents_trustedlist_signer_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(verification="named", named_by__isnull=False)
                | (~Q(verification="named") & Q(named_by__isnull=True)),
                name="documents_trustedlist_named_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} {self.kind} {self.territory} {self.sequence}"

    def xml(self) -> bytes:
        return zlib.decompress(bytes(self.content))

    @property
    def is_verified(self) -> bool:
        return self.verification != Verification.AS_IT_IS

    def is_out_of_date(self, at: datetime) -> bool:
        return self.next_update is not None and self.next_update < at

    def ends_soon(self, at: datetime) -> bool:
        return self.next_update is not None and self.next_update - ENDING_SOON <= at


def packed(content: bytes) -> bytes:
    return zlib.compress(content, 9)
