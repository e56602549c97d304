"""What the page of a case shows."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from clients.models import ContactKind
from clients.phones import spoken_phone
from documents.advice import ADVICE
from documents.envelope_page import envelopes_of
from documents.forms import (
    ChangeOrganisationForm,
    ContactsForm,
    DraftForm,
    ReasonForm,
)
from documents.kinds import Guard, SignerRole, kinds_for
from documents.models import AccessCase, Envelope, Paper
from documents.next_steps import next_steps
from documents.queries import access_held, undelivered_letters, what_is_missing, with_checks
from documents.set_aside_forms import give_forms
from documents.states import PaperState
from documents.timeline import story_of
from documents.variables import contact_point_of, organisation_of
from registry.sentences import PROBLEMS, VERDICTS, reason_words


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
    context["held"] = access_held(case.organisation_code) if case.organisation_code else []
    context |= _papers(request, case, bound, context["held"]) | _forms(case, bound)
    context |= envelopes_of(case, request.user, bound, context["current"])
    context["is_owed"] = context["is_owed"] or context["is_judging"]
    context["undelivered"] = undelivered_letters([case.pk]).get(case.pk) if case.is_open else None
    context["steps"] = next_steps(context["current"]) if case.is_open else []
    context["story"] = story_of(case)
    context["advice"] = ADVICE.get(case.portal, ())
    template = f"documents/case.html#{part}" if part else "documents/case.html"
    return render(request, template, context, status=422 if bound else 200)


def envelope_for(user, pk, permission="documents.view_case"):
    """The envelope with its case, if this user may do this with it."""
    envelopes = Envelope.objects.select_related("case__responsible", "case__client", "container")
    envelope = get_object_or_404(
        envelopes.prefetch_related("case__client__contact_points", "papers", "signers"),
        pk=pk,
        case__in=AccessCase.objects.visible_to(user),
    )
    if not user.has_perm(permission, envelope.case):
        raise PermissionDenied
    return envelope


def _papers(request, case, bound, held):
    papers = list(with_checks(case.papers.all().order_by("pk")))
    for paper in papers:
        paper.case = case  # one object, with what it has looked up
    give_forms(papers, case, bound.get("redo_form"))
    current = [paper for paper in papers if paper.state != PaperState.CANCELLED]
    preparing = [paper for paper in current if paper.is_in_preparation]
    row = _preparation(request, preparing, bound) if preparing else None
    drafted = [paper for paper in current if not paper.is_in_preparation]
    is_drafting = any(paper.state == PaperState.DRAFT_REQUESTED for paper in drafted)
    return {
        "row": row,
        "drafted": [paper for paper in drafted if paper.envelope_id is None],
        "is_single": len(drafted) == 1,
        "loose": [
            paper
            for paper in drafted
            if paper.state == PaperState.DRAFT_READY and paper.envelope_id is None
        ],
        "set_aside": [paper for paper in papers if paper.state == PaperState.CANCELLED],
        "is_owed": is_drafting or bool(row and row["is_owed"]),
        "about": row["about"] if row else "",
        "can_take_organisation": all(paper.state == PaperState.STARTED for paper in current),
        "facts": organisation_of(papers[-1]) if papers else {},
        "current": current,
        "kinds": _offered(case, current, {access.kind for access in held}),
    }


def _offered(case, current, held):
    """The kinds that may be added: what ends something needs something that is held."""
    if not case.is_open or not case.organisation_code:
        return []
    once = {paper.kind for paper in current if not paper.rules.about_somebody}
    return [
        kind
        for kind in kinds_for(case.portal)
        if kind.code not in once and (not kind.ends or held & set(kind.ends))
    ]


def _preparation(request, papers, bound):
    """The papers in preparation: the check and the choices that serve them all, and what is missing."""
    at = timezone.now()
    lead = next((one for one in papers if Guard.REPRESENTATION in one.guards), papers[0])
    check = lead.representation_check
    roles = {role for paper in papers for role in paper.signers_wanted.roles}
    needs_check = SignerRole.REPRESENTATIVE in roles
    form = bound.get("draft_form") or DraftForm(
        paper=lead, check=check, user=request.user, at=at, initial={"version": lead.case.version}
    )
    is_asked = not needs_check or (check is not None and not check.is_underway)
    found = {paper.pk: what_is_missing(paper, at) for paper in papers}
    missing = list(dict.fromkeys(one for some in found.values() for one in some))
    common = [one for one in missing if not one.is_of_content]
    return {
        "paper": lead,
        "papers": [
            (paper, [one for one in found[paper.pk] if one.is_of_content]) for paper in papers
        ],
        "needs_check": needs_check,
        "needs_agency": SignerRole.AGENCY in roles,
        "check": check,
        "problem": PROBLEMS.get(check.last_problem) if check else None,
        "sentences": _sentences(check) if check and check.verdict else [],
        "is_fresh": check is not None and check.is_fresh(at, "drafting"),
        "missing": _not_proposed(common, form if is_asked else None),
        "form": form if is_asked else None,
        "is_owed": bool(check and check.is_underway),
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
        "email": contact_point_of(case.client, ContactKind.EMAIL),
        "phone": contact_point_of(case.client, ContactKind.PHONE),
    }
