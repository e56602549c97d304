from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.languages import text_in


class PhraseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()

    def for_topic(self, topic):
        """Phrases of the topic and those that suit any topic."""
        return self.filter(models.Q(topic=topic) | models.Q(topic__isnull=True))


class Phrase(models.Model):
    """A standard sentence that an official puts into an answer by typing / and its shortcut."""

    shortcut = models.CharField(
        _("shortcut"), max_length=30, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")]
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="phrases",
        verbose_name=_("topic"),
    )
    text_et = models.TextField(_("text in Estonian"))
    text_en = models.TextField(_("text in English"))
    text_ru = models.TextField(_("text in Russian"))

    history = HistoricalRecords()
    objects = PhraseQuerySet.as_manager()

    class Meta:
        ordering = ["shortcut"]
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")

    def __str__(self):
        return f"/{self.shortcut}"

    def text(self, language=None):
        return text_in(self, "text", language)
