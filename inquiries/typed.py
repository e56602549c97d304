"""What a person has typed into the inquiry form, kept as it is; it is judged at the finish only.

The names are those of the model's fields.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone

from inquiries.models import Channel, Inquiry

Typed = Mapping[str, Any]

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 20_000  # characters a finished inquiry takes in one field
KEPT = 400_000  # and a draft: the page lets no more be typed, so that nothing is cut unseen
MOST_FIELDS = 60

FORM_FIELDS = (
    "channel",
    "language",
    "client",
    "is_anonymous",
    "caller_number",
    "identified_how",
    "first_fact",
    "second_fact",
    "topic",
    "owner_unit",
    "county",
    "place",
    "object_kind",
    "object_reference",
    "question",
    "answer",
    "source_version",
    "source_text",
    "outcome",
    "referral_body",
    "callback_due_at",
    "callback_number",
    "legal_kind",
    "registered_on",
    "follow_up_of",
    "is_restricted",
    "restriction_basis",
    "restricted_until",
    "recording_reference",
)


def kept(typed: Typed) -> dict[str, str]:
    """What may be stored of it: plain text under plain names, within bounds, nothing judged."""
    fields = [
        (str(name), as_text(value))
        for name, value in typed.items()
        if FIELD_NAME.fullmatch(str(name))
    ]
    return dict(fields[:MOST_FIELDS])


def as_text(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "on" if value else ""
    # A database of UTF-8 takes neither a NUL nor half a surrogate pair.
    clean = str(value).replace("\x00", "").encode("utf-8", "ignore").decode()
    return clean[:KEPT]


def is_id(text: str) -> bool:
    """Whether the text may be the id of a record; «²» is a digit too, and a database has its bounds."""
    return text.isascii() and text.isdigit() and len(text) < 19


def calls_back(typed: Typed) -> int | None:
    """The id of the inquiry about which a contact calls the client back, if it does."""
    before = as_text(typed.get("follow_up_of"))
    is_callback = typed.get("channel") == Channel.CALLBACK and is_id(before)
    return int(before) if is_callback else None


def label_of(name: str) -> str:
    try:
        return str(getattr(Inquiry._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def typed_of(inquiry: Inquiry) -> dict[str, str]:
    """The other way round: an inquiry as the form shows it."""
    fields = {}
    for name in FORM_FIELDS:
        value = getattr(inquiry, name)
        if isinstance(value, Model):
            value = value.pk
        elif isinstance(value, dt.datetime):
            value = timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
        elif isinstance(value, dt.date):
            value = value.isoformat()
        fields[name] = as_text(value)
    return fields
