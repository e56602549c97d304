from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.languages import Language, reader_language


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("knowledge.view_article") else self.none()


class Article(models.Model):
    """What tier I tells about a matter; its text stands in versions, one line per language."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    topics = models.ManyToManyField(
        "knowledge.Topic", blank=True, related_name="articles", verbose_name=_("topics")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self):
        version = self.version_in_force(language=reader_language(), on=timezone.localdate())
        return version.title if version else self.code

    def version_in_force(self, *, language, on):
        """The text that counts on a day: in the language asked for, else in Estonian.

        Reads `versions` as prefetched, so a list of articles costs one query more, not one each.
        """
        return in_force(self.versions.all(), language=language, on=on)


def in_force(versions, *, language, on):
    """Of one article's texts the one that counts on a day: in the language, else in Estonian."""
    begun = [version for version in versions if version.valid_from <= on]
    for wanted in (language, Language.ESTONIAN):
        texts = [version for version in begun if version.language == wanted]
        if texts:
            return max(texts, key=lambda version: (version.valid_from, version.number))
    return None
