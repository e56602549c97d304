from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Responsibility(models.Model):
    """That a member of staff deals with a topic, in one county or in all of Estonia.

    Topics live above this app, so one is named by its code. A code without a hyphen stands for
    all topics beneath it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="responsibilities",
        verbose_name=_("member of staff"),
    )
    topic_code = models.CharField(_("topic code"), max_length=40)
    county = models.CharField(
        _("county"), max_length=30, blank=True, help_text=_("Empty: all of Estonia.")
    )

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(
                fields=["topic_code", "county", "user"], name="accounts_responsibility_once"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.topic_code} {self.county}".strip()
