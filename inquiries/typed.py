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

from inquiries.models import Inquiry

Typed = Mapping[str, Any]

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 20_000
MOST_FIELDS = 60

FORM_FIELDS = (
    "channel",
    "language",
    "client",
    "is_anonymous",
    "caller_number",
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
    return clean[:LONGEST]


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
