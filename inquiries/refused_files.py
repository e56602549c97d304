"""Why a file of a letter did not pass the upload gate, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOO_MANY = "too_many"
WORDS: dict[str, Promise] = {
    "upload_empty": _("empty"),
    "upload_too_large": _("too large"),
    "upload_of_wrong_type": _("of a type that is not accepted"),
    "upload_name_misleads": _("its name says another type than its content"),
    "upload_broken": _("broken"),
    "upload_dangerous": _("could do harm"),
    TOO_MANY: _("more files than a letter may have"),
}


def why_refused(code: str) -> Promise | str:
    return WORDS.get(code, code)
