from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScriptVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()

    def in_force(self, topic, on):
        """The script by which calls about a topic are led on a day, if there is one."""
        begun = self.filter(topic=topic, valid_from__lte=on)
        return begun.order_by("-valid_from", "-number").first()


class ScriptVersion(models.Model):
    """Questions and answers by which a call about a topic is led, from a day on. Never changed:
    inquiries keep the path that was taken through it. A trigger in the database refuses updates.
    """

    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.PROTECT,
        related_name="scripts",
        verbose_name=_("topic"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    body = models.TextField(_("text"))
    valid_from = models.DateField(_("counts from"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    created_at = models.DateTimeField(_("written at"))

    objects = ScriptVersionQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "-number"]
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "number"], name="knowledge_scriptversion_number"
            )
        ]

    def __str__(self):
        return f"{self.topic} ({self.number})"
