import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.models.inquiry_choices import County, Language


class WebLetterQuerySet(models.QuerySet):
    def unconfirmed(self):
        return self.filter(confirmed_at__isnull=True)


class WebLetter(models.Model):
    """What somebody wrote on the public page: a letter once its sender has confirmed the address.

    Until then nobody here reads it. Afterwards the letter holds the words, and this row only the receipt.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # of the form
    sender_name = models.CharField(_("name"), max_length=150, blank=True)
    sender_address = models.EmailField(_("e-mail"))
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    county = models.CharField(_("county"), max_length=20, choices=County, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    files = models.ManyToManyField("common.StoredFile", related_name="+", blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    # Keyed hashes: how many letters came from one network and to one address is counted by them.
    network_hash = models.CharField(max_length=64, blank=True)
    address_hash = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    letter = models.OneToOneField(
        "inquiries.Letter", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WebLetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["network_hash", "written_at"], name="inquiries_webletter_network"),
            models.Index(fields=["address_hash", "written_at"], name="inquiries_webletter_address"),
            models.Index(fields=["written_at"], name="inquiries_webletter_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, letter__isnull=True)
                | Q(confirmed_at__isnull=False, letter__isnull=False),
                name="inquiries_webletter_confirmed_has_letter",
            ),
        ]

    def __str__(self):
        return str(self.key)
