"""Letters of the access case in the client's language (document-templates.et.md §9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from documents.models import Envelope, Paper

LETTERS = {
    "access_closed": "documents/mail/access_closed.txt",
    "access_open": "documents/mail/access_open.txt",
    "access_renounced": "documents/mail/access_renounced.txt",
    "agreement_ends": "documents/mail/agreement_ends.txt",
    "ask_to_sign": "documents/mail/ask_to_sign.txt",
    "faults": "documents/mail/faults.txt",
    "remind_to_sign": "documents/mail/remind_to_sign.txt",
    "rights_closed": "documents/mail/rights_closed.txt",
}


@dataclass(frozen=True)
class LetterText:
    subject: str
    text: str


def write_letter(name: str, *, language: str, **context: Any) -> LetterText:
    """Return the letter of this name: its first line is the subject."""
    with translation.override(language):
        whole = render_to_string(
            LETTERS[name],
            {
                **context,
                "agency": settings.AGENCY,
                "portal_address": settings.PORTAL_ADDRESS,
                "language": language,
            },
        )
    subject, _line, text = whole.strip().partition("\n")
    return LetterText(" ".join(subject.split()), text.strip() + "\n")


def papers_in_words(papers: Sequence[Paper], language: str) -> list[str]:
    with translation.override(language):
        return [f"{paper.rules.label} {paper.number}" for paper in papers]


def day_in(language: str, day: date) -> str:
    with translation.override(language):
        return date_format(day, "SHORT_DATE_FORMAT")


def papers_of(envelope: Envelope) -> list[Paper]:
    return list(envelope.papers.active().order_by("pk"))
