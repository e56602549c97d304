"""The story of a case in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.models import AccessCase
from registry.models import RepresentationCheck

WORDS: dict[str, Promise] = {
    "case_started": _("The case was started."),
    "organisation_set": _("The organisation was chosen: %(code)s."),
    "organisation_named": _("The live register named the organisation: %(code)s."),
    "organisation_unknown": _("The live register knows no organisation with code %(code)s."),
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
    """Return what happened, the latest first: the case's own events, and what became of its checks."""
    events = list(case.events.select_related("by").order_by("-at", "-id"))
    lines = [
        Line(one.at, one.by, str(WORDS.get(one.what, one.what)) % one.parameters, one.reason)
        for one in events
    ]
    asked = [one.parameters["check"] for one in events if "check" in one.parameters]
    checks = RepresentationCheck.objects.filter(pk__in=asked).select_related("settled_by")
    told = [line for check in checks.order_by("-pk") for line in _of_check(check)] if asked else []
    return sorted([*told, *lines], key=lambda line: line.at, reverse=True)


def _of_check(check: RepresentationCheck) -> Iterator[Line]:
    """A check belongs to the registry, which knows no cases; so its answer is looked up, not told."""
    if check.settled_at:
        words = _("The check was settled by hand: %(state)s.") % {
            "state": check.get_state_display()
        }
        yield Line(check.settled_at, check.settled_by, words, check.settled_reason)
    if check.answered_at and check.verdict:
        words = _("The representation check is answered: %(verdict)s.") % {
            "verdict": check.get_verdict_display()
        }
        yield Line(check.answered_at, None, words, "")
