from django.conf import settings
from django.db import models
from django.db.models import Q


class UnsortedFile(models.Model):
    """A signed file that came by mail and that belongs to no case by itself: a person says to which.

    Its letter stands among the letters as any other. Once it is sorted its bytes are in the returned
    file or with the letter; what is kept here is that it came and what was decided.
    """

    sha256 = models.CharField(max_length=64, unique=True)  # the same bytes are asked about once
    stored_file = models.OneToOneField(
        "common.StoredFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    mail = models.ForeignKey(
        "common.IncomingMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    letter = models.ForeignKey(
        "inquiries.Letter", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender_address = models.CharField(max_length=254, blank=True)
    # The only open container that was sent to this address, if there is just one.
    proposed = models.ForeignKey(
        "documents.Envelope", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned = models.ForeignKey(  # nothing: it belongs to no case
        "documents.ReturnedFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["came_at", "id"],
                name="documents_unsorted_waiting",
                condition=Q(settled_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(returned__isnull=True),
                name="documents_unsorted_returned_is_settled",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="documents_unsorted_settled_by_a_person",
            ),
        ]

    def __str__(self):
        return self.name
