"""The story of a case in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.models import AccessCase, CaseEvent
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
    "paper_added": _("One more paper was begun."),
    "terms_changed": _("What a paper says was put right."),
    "paper_set_aside": _("The paper %(number)s was set aside."),
    "envelope_made": _("The papers %(numbers)s were put into a container for signing."),
    "envelope_opened": _("The container was set aside: a paper in it was wrong."),
    "envelope_sent": _("The papers were sent for signing; people asked: %(people)s."),
    "envelope_expired": _("Nobody brought the papers back in time; they expired."),
    "reminded": _("A reminder was sent; people reminded: %(people)s."),
    "return_received": _("A signed file came in."),
    "mail_came": _("Whoever sent the signed file wrote or sent more with it."),
    "letter_came": _("A letter came in answer; it is the inquiry %(number)s."),
    "return_good": _("The signed file is in order; signatures: %(people)s."),
    "return_faulty": _("The signed file has faults."),
    "return_refused": _("A person refused the signed file."),
    "return_confirmed": _("A person confirmed what came back; the papers are registered."),
    "return_check_requested": _("The right of representation is checked once more."),
    "letter_lost": _("A letter about the case did not arrive."),
    "faults_told": _("The faults were written to whoever sent the file."),
    "agreement_seen": _("The agreement was seen in the portal; it is from before this system."),
    "entered": _("The paper %(number)s was entered in the portal."),
    "told": _("The client was told of the paper %(number)s."),
    "link_renewed": _("A new link was sent."),
    "link_revoked": _("A link was revoked."),
    "page_opened": _("The page of the papers was opened."),
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
    link: str = ""
    link_words: str = ""


def story_of(case: AccessCase) -> list[Line]:
    """Return what happened, the latest first: the case's own events, and what became of its checks."""
    events = list(case.events.select_related("by").order_by("-at", "-id"))
    lines = [
        Line(
            one.at,
            one.by,
            str(WORDS.get(one.what, one.what)) % one.parameters,
            one.reason,
            *_link(one),
        )
        for one in events
    ]
    asked = [one.parameters["check"] for one in events if "check" in one.parameters]
    checks = RepresentationCheck.objects.filter(pk__in=asked).select_related("settled_by")
    told = [line for check in checks.order_by("-pk") for line in _of_check(check)] if asked else []
    return sorted([*told, *lines], key=lambda line: line.at, reverse=True)


def _link(event: CaseEvent) -> tuple[str, str]:
    """Where what came can be read."""
    if event.what == "mail_came":
        return reverse("documents:case_mail", args=[event.pk]), gettext("Read the mail")
    if event.what == "letter_came":
        place = reverse("inquiries:show", args=[event.parameters["inquiry"]])
        return place, str(event.parameters["number"])
    return "", ""


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
