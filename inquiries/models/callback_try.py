from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CallbackTry(models.Model):
    """One attempt to keep the promise of a callback."""

    class Result(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        NO_ANSWER = "no_answer", _("No answer")
        BUSY = "busy", _("Busy")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="callback_tries"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=15, choices=Result)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # The number that was promised then; another one is tried from the beginning.
    number = models.CharField(_("number"), max_length=32, blank=True, db_default="")
    # The inquiry in which the client was called back; it goes when its finish is taken back.
    contact = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "callback tries"

    def __str__(self):
        return f"{self.inquiry} {self.at:%Y-%m-%d %H:%M} {self.result}"
