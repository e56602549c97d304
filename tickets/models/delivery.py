from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.choices import DeliveryChannel


class Delivery(models.Model):
    """How the solution reached the client: without one no ticket is closed (duty 3.1.8)."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField(_("how"), max_length=6, choices=DeliveryChannel)
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("what was said"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.ticket_id} {self.channel}"
