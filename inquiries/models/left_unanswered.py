from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.languages import text_in


class UnansweredGround(models.Model):
    """Why a letter may be left without an answer; kept by the administrator as the law stands."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_et = models.CharField(_("name in Estonian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("ground for no answer")
        verbose_name_plural = _("grounds for no answer")

    def __str__(self):
        return text_in(self, "name")


class LeftUnanswered(models.Model):
    """A letter was closed without an answer, on a ground, by somebody who answers for that."""

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="left_unanswered"
    )
    ground = models.ForeignKey(
        "inquiries.UnansweredGround",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("ground"),
    )
    note = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.inquiry} {self.at:%Y-%m-%d}"
