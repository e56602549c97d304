"""The three languages in which we hold text, and which of them the reader gets."""

from django.db.models import Model, TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    ESTONIAN = "et", _("Estonian")
    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")


SPOKEN = {language.value: language for language in Language}


def reader_language() -> Language:
    return SPOKEN.get((get_language() or "et")[:2], Language.ESTONIAN)


def text_in(record: Model, field: str, language: str | None = None) -> str:
    """Return the text in the language asked for (the reader's by default), else the Estonian one."""
    wanted = getattr(record, f"{field}_{language or reader_language()}", "")
    return wanted or getattr(record, f"{field}_et")
