"""One more paper in a case, and what a paper says."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.kinds import KINDS, kinds_for
from documents.models import PaperContent
from documents.paper_forms import TermsForm
from documents.views.page import case_for, paper_for


@requires("documents.change_case")
def add_paper(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    kind = _kind(request, case)
    form = TermsForm(request.POST or None, kind=kind, case=case, initial={"version": case.version})
    if form.is_valid():
        try:
            actions.add_paper(
                case=case,
                kind=kind.code,
                terms=form.terms() if form.is_needed else None,
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=pk)
    return _page(request, case, kind, form)


@requires("documents.change_case")
def change_terms(request, pk):
    paper = paper_for(request.user, pk, "documents.change_case")
    content = PaperContent.objects.filter(paper=paper).first()
    form = TermsForm(
        request.POST or None,
        kind=paper.rules,
        case=paper.case,
        content=content,
        signer_set=paper.signer_set,
        initial={"version": paper.case.version},
    )
    if not form.is_needed or not paper.is_in_preparation:
        raise Http404
    if form.is_valid():
        try:
            actions.change_terms(
                paper=paper,
                terms=form.terms(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:case", pk=paper.case_id)
    return _page(request, paper.case, paper.rules, form, paper)


def _kind(request, case):
    code = request.POST.get("kind") or request.GET.get("kind", "")
    if code not in {kind.code for kind in kinds_for(case.portal)} or not case.is_open:
        raise Http404
    return KINDS[code]


def _page(request, case, kind, form, paper=None):
    context = {"case": case, "kind": kind, "form": form, "paper": paper}
    return render(request, "documents/terms.html", context, status=422 if form.errors else 200)
