"""How a case or a paper ends, or changes hands."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.forms import HandOverForm, ReasonForm, VersionForm
from documents.set_aside_forms import SetAsideForm
from documents.views.page import case_for, case_page, paper_for


@require_POST
@requires("documents.change_case")
def advise(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        actions.close_with_advice(case=case, version=version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The case is closed with advice."))
    return redirect("documents:case", pk=case.pk)


@require_POST
@requires("documents.change_case")
def cancel(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    form = ReasonForm(request.POST, prefix="cancel")
    if form.is_valid():
        try:
            actions.cancel_case(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is cancelled."))
            return redirect("documents:case", pk=case.pk)
    return case_page(request, case, cancel_form=form)


@require_POST
@requires("documents.change_case")
def redo(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = SetAsideForm(request.POST, paper=paper)
    if form.is_valid():
        try:
            actions.redo_paper(paper=paper, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=paper.case_id)
    return case_page(request, case_for(request.user, paper.case_id), redo_form=form)


@requires("documents.change_case")
def hand_over(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    form = HandOverForm(request.POST or None, case=case, initial={"version": case.version})
    if form.is_valid():
        try:
            actions.hand_over_case(
                case=case, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is handed over."))
            return redirect("documents:case", pk=case.pk)
    status = 422 if form.errors else 200
    return render(request, "documents/hand_over.html", {"case": case, "form": form}, status=status)
