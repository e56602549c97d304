"""What went wrong between us and Jira, in words for whoever is to do something about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.gateways.jira import Trouble

SENTENCES: dict[str, Promise] = {
    Trouble.MISADDRESSED: _(
        "The address or the token of that Jira cannot be used as it was entered."
    ),
    Trouble.UNREACHABLE: _("Jira cannot be reached."),
    Trouble.NO_ANSWER: _("Jira did not answer; it is looked whether it has done it all the same."),
    Trouble.BUSY: _("Jira asks to wait."),
    Trouble.SERVER_ERROR: _("Jira has a fault of its own."),
    Trouble.UNREADABLE: _("What answered is not Jira, or its answer cannot be read."),
    Trouble.REDIRECTED: _("The address leads elsewhere, such as to a login page."),
    Trouble.INVALID: _("Jira does not take it as it is."),
    Trouble.NOT_SIGNED_IN: _(
        "Our token for Jira is wrong or has run out: the administrator renews it."
    ),
    Trouble.CAPTCHA: _("Jira wants our account to sign in by hand once."),
    Trouble.FORBIDDEN: _("Our account may not do that in Jira."),
    Trouble.NOT_FOUND: _("The issue is not there, or not for our eyes."),
    Trouble.GONE: _("This version of Jira has no such call."),
    Trouble.TOO_LARGE: _("The file is too large for Jira."),
    Trouble.REFUSED: _("Jira refused."),
}


def trouble_in_words(error: str) -> str:
    """Return the sentence for a kept failure ("busy (429) …"), with what Jira itself said after it."""
    code, _space, rest = error.partition(" ")
    said = rest.partition(")")[2].strip()
    sentence = str(SENTENCES.get(code, error))
    return f"{sentence} {said}".strip() if code in SENTENCES else sentence
