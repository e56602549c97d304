from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.languages import Language


class ArticleVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()


class ArticleVersion(models.Model):
    """The wording of an article in one language from a day on. Never changed: answers point at it.

    A trigger in the database refuses updates; a new wording is a new version.
    """

    article = models.ForeignKey(
        "knowledge.Article",
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("article"),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    law_reference = models.CharField(_("law"), max_length=300, blank=True)
    valid_from = models.DateField(_("counts from"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_article_versions",
        verbose_name=_("approved by"),
    )
    created_at = models.DateTimeField(_("written at"))

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "language", "-number"]
        verbose_name = _("article version")
        verbose_name_plural = _("article versions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "number"], name="knowledge_articleversion_number"
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.language}, {self.number})"
