from django.db import models

from common.words import WordsField


class ArticleWords(models.Model):
    """What a wording of an article is found by when somebody searches for words."""

    version = models.OneToOneField(
        "knowledge.ArticleVersion",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="words",
    )
    words = WordsField()

    def __str__(self):
        return f"words of article version {self.version_id}"
