from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Dialling(models.Model):
    """A member of staff pressed a telephone number on the screen to call a client.

    Whether anybody answered is told by the callback's try or the contact that was written down.
    """

    number = models.CharField(_("number"), max_length=32)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(
        "inquiries.Inquiry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="diallings",
    )
    client = models.ForeignKey(
        "clients.Client",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="diallings",
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("number dialled")
        verbose_name_plural = _("numbers dialled")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.number}"
