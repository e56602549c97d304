from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.models.letter import LetterKind
from knowledge.languages import text_in

TEMPLATED = (
    LetterKind.ANSWER,
    LetterKind.QUESTION,
    LetterKind.NOTICE_FORWARDED,
    LetterKind.NOTICE_EXTENDED,
    LetterKind.TO_BODY,
    LetterKind.TO_UNIT,
)


class LetterTemplate(models.Model):
    """The wording of a letter in three languages, with names in braces that the system fills in."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=[(one.value, one.label) for one in TEMPLATED]
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    name_et = models.CharField(_("name in Estonian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    subject_et = models.CharField(_("subject in Estonian"), max_length=150)
    subject_en = models.CharField(_("subject in English"), max_length=150)
    subject_ru = models.CharField(_("subject in Russian"), max_length=150)
    text_et = models.TextField(_("text in Estonian"))
    text_en = models.TextField(_("text in English"))
    text_ru = models.TextField(_("text in Russian"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["kind", "code"]
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        constraints = [
            # The system writes these by itself, so there is one wording of each.
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_active=True) & ~Q(kind__in=[LetterKind.ANSWER, LetterKind.QUESTION]),
                name="inquiries_lettertemplate_one_of_a_kind",
            )
        ]

    def __str__(self):
        return text_in(self, "name")

    def subject(self, language):
        return text_in(self, "subject", language)

    def text(self, language):
        return text_in(self, "text", language)
