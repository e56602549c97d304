"""Fills the wording of a letter: `{number}` becomes what stands for it; a name that is not known stays."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.models import Inquiry, Letter, LetterKind, LetterTemplate

NAME = re.compile(r"\{([a-z_]+)\}")
GREETINGS = {
    "et": ("Lugupeetud {name}", "Tere"),
    "en": ("Dear {name}", "Hello"),
    "ru": ("Здравствуйте, {name}!", "Здравствуйте!"),
}
FAREWELLS = {"et": "Lugupidamisega", "en": "Yours sincerely", "ru": "С уважением"}


class NoWording(Refusal):
    """The administrator has switched off the wording of a letter that the system writes by itself."""

    code = "no_wording"
    sentence = _("The wording of this letter is switched off: ask an administrator.")


def filled(text: str, values: Mapping[str, str]) -> str:
    return NAME.sub(lambda found: values.get(found[1], found[0]), text)


def salutation(name: str, language: str) -> str:
    named, nameless = GREETINGS[language]
    return named.format(name=name) if name else nameless


def signature(by: User, language: str) -> str:
    """Who answers, in the language of the letter."""
    with translation.override(language):
        unit = by.unit.name if by.unit else ""
    agency = settings.AGENCY
    lines = [FAREWELLS[language], str(by), by.job_title, unit, agency["name"], agency["phone"]]
    return "\n".join(line for line in lines if line)


def values_of(inquiry: Inquiry, letter: Letter, *, by: User, language: str) -> dict[str, str]:
    """What every wording may name: the letter that is answered, and who answers it."""
    with translation.override(language):
        received = date_format(timezone.localtime(letter.at), "SHORT_DATE_FORMAT")
        answer_by = date_format(inquiry.answer_by, "SHORT_DATE_FORMAT") if inquiry.answer_by else ""
    return {
        "number": inquiry.number,
        "register_number": inquiry.register_number or inquiry.number,
        "subject": letter.subject,
        "received": received,
        "answer_by": answer_by,
        "sender": letter.sender_name,
        "salutation": salutation(letter.sender_name, language),
        "signature": signature(by, language),
        "agency": settings.AGENCY["name"],
    }


def wording(kind: LetterKind) -> LetterTemplate:
    template = LetterTemplate.objects.filter(kind=kind, is_active=True).first()
    if template is None:
        raise NoWording
    return template
