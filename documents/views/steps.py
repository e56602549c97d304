"""The steps from organisation to draft."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.emails import EmailNotValid
from clients.phones import PhoneNotValid
from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.forms import ChangeOrganisationForm, ContactsForm, DraftForm, VersionForm
from documents.views.page import case_for, case_page, paper_for

AT_FIELD = {PhoneNotValid: "phone", EmailNotValid: "email"}  # of the contact data


@require_POST
@requires("documents.change_case")
def choose_organisation(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    form = ChangeOrganisationForm(request.POST)
    if form.is_valid():
        try:
            actions.choose_organisation(
                case=case,
                version=form.cleaned_data["version"],
                organisation_code=form.cleaned_data["organisation_code"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=case.pk)
    return case_page(request, case, organisation_form=form)


@require_POST
@requires("documents.change_case")
def name_organisation(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    if not case.organisation_code:
        raise Http404
    try:
        actions.name_organisation(case=case, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("documents:case", pk=case.pk)


@require_POST
@requires("documents.change_case")
def give_contacts(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    form = ContactsForm(request.POST, case=case)
    if form.is_valid():
        try:
            actions.give_contacts(
                case=case, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(AT_FIELD.get(type(refusal)), str(refusal))
        else:
            messages.success(request, _("The contact data are on the client's card."))
            return redirect("documents:case", pk=case.pk)
    return case_page(request, case, contacts_form=form)


@require_POST
@requires("documents.change_case")
def check_again(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        actions.check_again(paper=paper, version=version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("documents:case", pk=paper.case_id)


@require_POST
@requires("documents.change_case")
def choose_signers(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = _draft_form(request, paper)
    if form.is_valid() and form.names_somebody():
        try:
            actions.choose_signers(
                paper=paper,
                version=form.cleaned_data["version"],
                chosen=form.chosen(),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=paper.case_id)
    return case_page(request, case_for(request.user, paper.case_id), draft_form=form)


@require_POST
@requires("documents.change_case")
def request_draft(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = _draft_form(request, paper)
    if form.is_valid():
        try:
            actions.request_drafts(
                paper=paper,
                version=form.cleaned_data["version"],
                chosen=form.chosen(),
                delegation=form.chosen_delegation(),
                by=request.user,
                at=timezone.now(),
            )
        except actions.DraftNotPossible as refusal:
            form.add_missing(refusal.missing)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=paper.case_id)
    return case_page(request, case_for(request.user, paper.case_id), draft_form=form)


def _draft_form(request, paper):
    return DraftForm(
        request.POST,
        paper=paper,
        check=paper.representation_check,
        user=request.user,
        at=timezone.now(),
    )
