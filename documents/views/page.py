"""What the page of a case shows."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from clients.models import ContactKind
from clients.phones import spoken_phone
from documents.advice import ADVICE
from documents.forms import (
    ChangeOrganisationForm,
    ContactsForm,
    DraftForm,
    ReasonForm,
)
from documents.models import AccessCase, Paper
from documents.queries import what_is_missing, with_checks
from documents.states import PaperState
from documents.timeline import story_of
from documents.variables import contact_point_of, organisation_of
from registry.sentences import PROBLEMS, VERDICTS, reason_words

WAITING = {PaperState.STARTED, PaperState.DRAFT_FAILED}


def case_for(user, pk, permission="documents.view_case"):
    """The case, if this user may do this with it."""
    cases = AccessCase.objects.visible_to(user).select_related("client", "responsible", "inquiry")
    cases = cases.prefetch_related("client__contact_points")
    case = get_object_or_404(cases, pk=pk)
    if not user.has_perm(permission, case):
        raise PermissionDenied
    return case


def paper_for(user, pk, permission="documents.view_case"):
    """The paper with its case, if this user may do this with it."""
    cases = AccessCase.objects.visible_to(user)
    papers = with_checks(Paper.objects.select_related("case__responsible", "stored_file"))
    paper = get_object_or_404(papers, pk=pk, case__in=cases)
    if not user.has_perm(permission, paper.case):
        raise PermissionDenied
    return paper


def case_page(request, case, part="", **bound):
    """Render the whole page or one part of it; `bound` holds the form that was refused, by its name."""
    context = {"case": case, "may_change": request.user.has_perm("documents.change_case", case)}
    context |= _papers(request, case, bound) | _forms(case, bound)
    context["story"] = story_of(case)
    context["advice"] = ADVICE.get(case.portal, ())
    template = f"documents/case.html#{part}" if part else "documents/case.html"
    return render(request, template, context, status=422 if bound else 200)


def _papers(request, case, bound):
    papers = list(with_checks(case.papers.all()))
    for paper in papers:
        paper.case = case  # one object, with what it has looked up
    current = [paper for paper in papers if paper.state != PaperState.CANCELLED]
    rows = [_row(request, paper, bound) for paper in current]
    return {
        "rows": rows,
        "set_aside": [paper for paper in papers if paper.state == PaperState.CANCELLED],
        "is_owed": any(row["is_owed"] for row in rows),
        "about": " ".join(row["about"] for row in rows),
        "can_take_organisation": all(paper.state == PaperState.STARTED for paper in current),
        "facts": organisation_of(papers[-1]) if papers else {},
    }


def _row(request, paper, bound):
    """A paper with its check, what is missing, and the form that makes the draft."""
    at = timezone.now()
    check = paper.representation_check
    is_waiting = paper.state in WAITING
    form = bound.get("draft_form") or DraftForm(
        paper=paper, check=check, user=request.user, at=at, initial={"version": paper.case.version}
    )
    is_asked = is_waiting and check is not None and not check.is_underway
    return {
        "paper": paper,
        "check": check,
        "problem": PROBLEMS.get(check.last_problem) if check else None,
        "sentences": _sentences(check) if check and check.verdict else [],
        "is_fresh": check is not None and check.is_fresh(at, "drafting"),
        "missing": _not_proposed(what_is_missing(paper, at), form if is_asked else None)
        if is_waiting
        else [],
        "form": form if is_asked else None,
        "is_owed": paper.state == PaperState.DRAFT_REQUESTED or bool(check and check.is_underway),
        "about": f"registry.representationcheck:{check.pk}" if check else "",
    }


def _not_proposed(missing, form):
    """What is missing, but for the choices that the form already proposes."""
    if form is None:
        return missing
    proposed = {"no_representatives": "people", "no_signatory": "delegation"}
    return [one for one in missing if not form.initial.get(proposed.get(one.code, ""))]


def _sentences(check):
    """What the register's answer means, in words."""
    reasons = [reason_words(one).sentence for one in check.reasons]
    return [VERDICTS[check.verdict].sentence, *reasons]


def _given_in_call(case):
    """The number from which access was asked for, where the client's card has none."""
    has_phone = contact_point_of(case.client, ContactKind.PHONE) is not None
    number = case.inquiry.caller_number if case.inquiry and not has_phone else ""
    return {"phone": spoken_phone(number)} if number else {}


def _forms(case, bound):
    version = {"version": case.version}
    return {
        "organisation_form": bound.get("organisation_form")
        or ChangeOrganisationForm(initial={**version, "organisation": case.organisation_code}),
        "contacts_form": bound.get("contacts_form")
        or ContactsForm(case=case, initial=_given_in_call(case)),
        "cancel_form": bound.get("cancel_form") or ReasonForm(initial=version, prefix="cancel"),
        "redo_form": bound.get("redo_form") or ReasonForm(initial=version, prefix="redo"),
        "email": contact_point_of(case.client, ContactKind.EMAIL),
        "phone": contact_point_of(case.client, ContactKind.PHONE),
    }
