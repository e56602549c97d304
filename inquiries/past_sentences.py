"""The words of imports of the past: fields, encodings, and why a row or a file was refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inquiries.models import RowAside

FIELDS: dict[str, Promise] = {
    "old_number": _("Old number"),
    "started_at": _("Date, or date and time"),
    "started_time": _("Time of day"),
    "ended_at": _("End"),
    "channel": _("Channel"),
    "language": _("Language"),
    "topic": _("Topic"),
    "agent": _("Agent"),
    "outcome": _("Outcome"),
    "question": _("Question"),
    "answer": _("Answer"),
    "source_text": _("Source: law"),
    "county": _("County"),
    "place": _("Place"),
    "client_name": _("Client's name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "personal_code": _("Personal code"),
    "registry_code": _("Registry code"),
    "phone": _("Phone"),
    "email": _("E-mail"),
}

ENCODINGS: dict[str, Promise | str] = {
    "utf-8": "UTF-8",
    "cp1257": _("Baltic Windows (1257)"),
    "cp1251": _("Cyrillic Windows (1251)"),
    "cp1252": _("Western Windows (1252)"),
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}

DELIMITERS: dict[str, Promise] = {
    ";": _("semicolon"),
    ",": _("comma"),
    "\t": _("tab"),
    "|": _("vertical bar"),
}

IMPORT_REASONS: dict[str, Promise] = {
    "not_readable": _("The file cannot be read as a table."),
    "file_gone": _("The file has been taken away: its time was over."),
    "too_many_values": _(
        "A column that should hold a few words holds very many different texts. Look at the columns again."
    ),
}

ROW_REASONS: dict[str, Promise] = {
    "not_readable": _("letters that cannot be read in this encoding"),
    "too_long": _("a text longer than an inquiry may have"),
    "too_many_cells": _("more cells than there are columns"),
    "broken_quotes": _("a quotation mark that nobody closes"),
    "no_date": _("no date"),
    "not_a_date": _("not a date"),
    "not_a_time": _("not a time of day"),
    "too_old": _("a date before 1990"),
    "in_the_future": _("a date in the future"),
    "ends_before_start": _("the end is before the start"),
    "no_name": _("no name"),
    "personal_code_not_valid": _("not an Estonian personal code"),
    "registry_code_not_valid": _("not an Estonian registry code"),
    "two_codes": _("both a personal and a registry code"),
    "phone_not_valid": _("not a telephone number"),
    "email_not_valid": _("not an e-mail address"),
    "number_twice": _("the old number stands in the file twice"),
    "unknown_channel": _("nobody has said which channel it is"),
    "unknown_language": _("nobody has said which language it is"),
    "unknown_agent": _("nobody has said which agent it is"),
    "unknown_outcome": _("nobody has said which outcome it is"),
}

KEPT_REASONS: dict[str, Promise] = {
    "changed": _("changed since"),
    "used": _("other records hang on it"),
}


def why_aside(row: RowAside) -> str:
    """The reason in words, with the text that was refused."""
    why = str(ROW_REASONS.get(row.reason, row.reason))
    if not row.shown:
        return why
    return gettext("%(why)s: “%(text)s”") % {"why": why, "text": row.shown}
