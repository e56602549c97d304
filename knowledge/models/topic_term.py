from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.languages import Language


class TopicTerm(models.Model):
    """Another word by which people name a topic: synonym, colloquial word, inflected form."""

    topic = models.ForeignKey(
        "knowledge.Topic", on_delete=models.CASCADE, related_name="terms", verbose_name=_("topic")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = models.CharField(_("word"), max_length=100)

    class Meta:
        ordering = ["topic", "language", "pk"]
        verbose_name = _("search word of a topic")
        verbose_name_plural = _("search words of topics")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "language", "text"], name="knowledge_topicterm_once"
            )
        ]

    def __str__(self):
        return self.text
