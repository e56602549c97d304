from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.languages import text_in


class ReferralBodyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()


class ReferralBody(models.Model):
    """Another body to whom we send a caller, and what we tell about reaching it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_et = models.CharField(_("name in Estonian"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    contact_et = models.TextField(_("contact in Estonian"))
    contact_en = models.TextField(_("contact in English"))
    contact_ru = models.TextField(_("contact in Russian"))
    email = models.EmailField(_("address for letters"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    url = models.URLField(_("website"), blank=True)

    history = HistoricalRecords()
    objects = ReferralBodyQuerySet.as_manager()

    class Meta:
        ordering = ["name_et"]
        verbose_name = _("body to refer to")
        verbose_name_plural = _("bodies to refer to")

    def __str__(self):
        return self.name()

    def name(self, language=None):
        return text_in(self, "name", language)

    def contact(self, language=None):
        return text_in(self, "contact", language)
