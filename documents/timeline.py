"""The story of a case in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.models import AccessCase

WORDS: dict[str, Promise] = {
    "case_started": _("The case was started."),
    "organisation_set": _("The organisation was chosen: %(code)s."),
    "contacts_given": _("The client's contact data were given."),
    "check_requested": _("A representation check was asked for."),
    "draft_requested": _("The draft %(number)s was asked for."),
    "draft_ready": _("The draft %(number)s is ready."),
    "draft_failed": _("The draft could not be made."),
    "paper_cancelled": _("The paper %(number)s was set aside and begun anew."),
    "handed_over": _("The case was handed over to a colleague."),
    "advice_given": _("The caller was advised; no paper is needed."),
    "case_cancelled": _("The case was cancelled."),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    by: User | None
    words: str
    reason: str


def story_of(case: AccessCase) -> list[Line]:
    """Return what happened, the latest first."""
    events = case.events.select_related("by").order_by("-at", "-id")
    return [
        Line(one.at, one.by, str(WORDS.get(one.what, one.what)) % one.parameters, one.reason)
        for one in events
    ]
