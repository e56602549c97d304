from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.emails import masked_email
from clients.models.written import Written
from clients.phones import masked_phone, spoken_phone


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")


class ConfirmedHow(models.TextChoices):
    MAIL_LINK = "mail_link", _("opened the link in our mail")
    CALLBACK = "callback", _("we called back and were answered")
    ANSWER = "answer", _("answered us from there")


class ContactPoint(Written):
    """A telephone number or an e-mail address at which a client is reached."""

    client = models.ForeignKey(
        "clients.Client", on_delete=models.PROTECT, related_name="contact_points"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ContactKind)
    # E.164, or the address in small letters.
    value = models.CharField(_("number or address"), max_length=254)
    note = models.CharField(_("whose or when"), max_length=100, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=ConfirmedHow, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["-kind", "pk"]
        indexes = [
            models.Index(fields=["kind", "value", "client"], name="clients_contactpoint_shared")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind", "value"], name="clients_contactpoint_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_how="", confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_how="")),
                name="clients_contactpoint_confirmed_when_and_how",
            ),
        ]

    def __str__(self):
        return self.shown

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def is_phone(self):
        return self.kind == ContactKind.PHONE

    @property
    def shown(self):
        return spoken_phone(self.value) if self.is_phone else self.value

    @property
    def masked(self):
        return masked_phone(self.value) if self.is_phone else masked_email(self.value)
