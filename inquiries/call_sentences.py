"""What exchanges and the files of their records say, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROW_REASONS: dict[str, Promise] = {
    "too_long": _("The row is too long."),
    "zero_byte": _("The row holds a zero byte."),
    "not_utf8": _("The row is not in UTF-8."),
    "broken_quotes": _("The quotation marks do not match."),
    "wrong_number_of_columns": _("The number of columns is not that of the profile."),
    "no_call_id": _("There is no call id."),
    "identifier_too_long": _("The call id is too long."),
    "no_moment": _("There is no time at which the call began."),
    "moment": _("A time cannot be read."),
    "ends_before_start": _("The call ends before it begins."),
    "unknown_event": _("The kind of event is not known."),
}
IMPORT_REASONS: dict[str, Promise] = {
    "no_good_record": _("No row could be taken over."),
    "not_readable": _("The file is not here any more, or cannot be read."),
    "columns_missing": _("The file's first line names none of the profile's columns."),
    **ROW_REASONS,
}

# How a call ended; what an exchange says beyond these is shown as it came.
CAUSES: dict[str, Promise] = {
    "normalClearing": _("hung up"),
    "busy": _("the line was busy"),
    "cancel": _("the caller gave up"),
    "noAnswer": _("nobody answered"),
    "congestion": _("the network was overloaded"),
    "notFound": _("there is no such number"),
    "forwarded": _("passed on"),
    "lost": _("the exchange did not tell"),
}
EVENTS: dict[str, Promise] = {
    "newCall": _("it rings"),
    "answer": _("answered"),
    "hangup": _("ended"),
}
