"""Turns what was typed into an answer, or says field by field what is wrong."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from inquiries.field_refusals import Missing, TooLong, UnknownChoice
from inquiries.models import Channel, Language, Letter, LetterKind
from inquiries.outgoing import is_address
from inquiries.refusals import LetterNotComplete
from inquiries.typed import Typed, as_text
from knowledge.models import ArticleVersion

ANSWER_FIELDS = (
    "kind",
    "way",
    "language",
    "recipient_name",
    "recipient_address",
    "subject",
    "text",
    "source_version",
    "source_text",
)
KINDS = (LetterKind.ANSWER, LetterKind.QUESTION)
WAYS = (Channel.EMAIL, Channel.POST)
LABELS = {
    "kind": _("kind"),
    "way": _("Way"),
    "language": _("Language"),
    "recipient_name": _("recipient"),
    "recipient_address": _("recipient's address"),
    "subject": _("subject"),
    "text": _("text"),
    "source_version": _("Source: article"),
    "source_text": _("source: law"),
}


class NotAnAddress(Refusal):
    code = "not_an_address"
    sentence = _("This is not an e-mail address.")


@dataclass
class _Reader:
    typed: Typed
    at: dt.datetime
    errors: dict[str, list[Refusal]] = field(default_factory=dict)

    def refuse(self, name: str, why: Refusal) -> None:
        self.errors.setdefault(name, []).append(why)

    def text(self, name: str, *, is_needed: bool = False) -> str:
        value = as_text(self.typed.get(name)).strip()
        limit = getattr(Letter._meta.get_field(name), "max_length", None)
        if is_needed and not value:
            self.refuse(name, Missing(field=LABELS[name]))
        elif limit and len(value) > limit:
            self.refuse(name, TooLong(field=LABELS[name], limit=limit))
        return value

    def choice(self, name: str, among: Any) -> str:
        value = as_text(self.typed.get(name)).strip()
        if value not in list(among):
            self.refuse(name, UnknownChoice(field=LABELS[name]))
        return value

    def version(self) -> ArticleVersion | None:
        value = as_text(self.typed.get("source_version")).strip()
        if not value:
            return None
        known = value.isascii() and value.isdecimal() and len(value) < 19
        found = ArticleVersion.objects.filter(pk=int(value)).first() if known else None
        if found is None:
            self.refuse("source_version", UnknownChoice(field=LABELS["source_version"]))
        return found


def read_answer(typed: Typed, *, at: dt.datetime) -> dict[str, Any]:
    """Return the fields of the letter. Raises LetterNotComplete."""
    reader = _Reader(typed, at)
    way, kind = reader.choice("way", WAYS), reader.choice("kind", KINDS)
    fields: dict[str, Any] = {
        "kind": kind,
        "channel": way,
        "language": reader.choice("language", Language.values),
        "recipient_name": reader.text("recipient_name"),
        "recipient_address": reader.text("recipient_address", is_needed=True),
        "subject": reader.text("subject", is_needed=True),
        "text": reader.text("text", is_needed=True),
        "source_version": reader.version(),
        "source_text": reader.text("source_text"),
    }
    address = fields["recipient_address"]
    if way == Channel.EMAIL and address and not is_address(address):
        reader.refuse("recipient_address", NotAnAddress())
    has_source = fields["source_version"] or fields["source_text"]
    if kind == LetterKind.ANSWER and not has_source:
        reader.refuse("source_version", Missing(field=_("source of the answer")))
    if reader.errors:
        raise LetterNotComplete(reader.errors)
    return fields
