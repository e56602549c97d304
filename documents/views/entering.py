"""A checked paper is entered in the portal and the client is told; or a paper is set aside."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.entry_forms import EnterForm, TellForm
from documents.set_aside_forms import SetAsideForm
from documents.views.page import case_for, case_page, paper_for


@require_POST
@requires("documents.change_case")
def enter(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = EnterForm(request.POST, paper=paper)
    if form.is_valid():
        try:
            actions.enter_in_portal(paper=paper, **form.given(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered; the client is being told."))
            return redirect("documents:case", pk=paper.case_id)
    return case_page(request, case_for(request.user, paper.case_id), enter_form=form)


@require_POST
@requires("documents.change_case")
def tell(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            actions.tell_client(
                paper=paper, how=form.cleaned_data["how"], by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It is noted that the client knows."))
    return redirect("documents:case", pk=paper.case_id)


@require_POST
@requires("documents.change_case")
def cancel_paper(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    form = SetAsideForm(request.POST, paper=paper)
    if form.is_valid():
        try:
            actions.cancel_paper(
                paper=paper, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The paper is set aside."))
            return redirect("documents:case", pk=paper.case_id)
    return case_page(request, case_for(request.user, paper.case_id), redo_form=form)
