from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.auth import requires
from common.paging import keyset_page
from common.refusals import Refusal
from documents import actions
from documents.case_filter import CaseFilterForm
from documents.forms import OFFERED, StartForm
from documents.models import AccessCase
from documents.queries import files_to_sort, undelivered_letters
from documents.views.page import case_for, case_page
from inquiries.models import Inquiry, SpokenOf
from inquiries.queries import advice_at
from registry.actions import look_up_organisation
from registry.queries import search_organisations
from registry.representation.codes import code_to_ask, is_registry_code, plain_code

LONGEST_PK = 18


@requires("documents.view_case")
def case_list(request):
    """Open cases, the oldest first."""
    form = CaseFilterForm({"whose": "all", "turn": "", "state": "open", **request.GET.dict()})
    cases = AccessCase.objects.visible_to(request.user).select_related("responsible").with_turns()
    page = keyset_page(
        form.narrow(cases, request.user),
        order=("started_at", "pk"),
        cursor=request.GET.get("cursor", ""),
        size=50,
    )
    undelivered = undelivered_letters([case.pk for case in page.rows if case.is_open])
    template = "documents/list.html"
    context = {"page": page, "form": form, "now": timezone.now(), "undelivered": undelivered}
    if not request.htmx and request.user.has_perm("documents.change_case"):
        context["unsorted"] = files_to_sort().count()
    return render(request, f"{template}#results" if request.htmx else template, context)


@requires("documents.change_case")
def start(request):
    """Which portal, and which organisation."""
    inquiry = inquiry_of(request)
    form = StartForm(request.POST or None, inquiry=inquiry)
    if form.is_valid():
        case = actions.start_case(
            key=form.cleaned_data["key"],
            portal=form.cleaned_data["portal"],
            organisation_code=form.cleaned_data["organisation_code"],
            client=inquiry.client if inquiry else None,
            inquiry_id=inquiry.pk if inquiry else None,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("documents:case", pk=case.pk)
    context = {"form": form, "inquiry": inquiry}
    if inquiry:
        context["cases"] = inquiry.access_cases.visible_to(request.user)
        context["advice"] = advice_at(inquiry.identified_how, only=SpokenOf.START_CASE)
        context["is_readable"] = inquiry.is_readable_by(request.user, timezone.localdate())
    return render(request, "documents/start.html", context, status=422 if form.errors else 200)


def inquiry_of(request):
    """The inquiry in which access was asked for, if the page was opened from one."""
    pk = request.POST.get("inquiry") or request.GET.get("inquiry", "")
    if not pk:
        return None
    if not pk.isdecimal() or len(pk) > LONGEST_PK:
        raise Http404
    inquiries = Inquiry.objects.visible_to(request.user).select_related("client", "topic")
    return get_object_or_404(inquiries, pk=pk)


@require_POST
@requires("documents.change_case")
def find_organisation(request):
    """Organisations to choose from while the name is typed; the text is posted, not in an address."""
    text = request.POST.get("organisation", "").strip()
    offered = search_organisations(text, OFFERED) if len(text) > 1 else []
    context = {
        "offered": offered,
        "is_asked": len(text) > 1,
        "code_to_ask": code_to_ask(text, offered),
    }
    return render(request, "documents/organisations.html", context)


@require_POST
@requires("documents.change_case")
def ask_register(request):
    """The live register is asked about a code that our copy does not hold."""
    code = plain_code(request.POST.get("organisation", ""))
    context: dict[str, Any] = {"code_to_ask": code}
    if not is_registry_code(code):
        raise Http404
    try:
        context["answer"] = look_up_organisation(
            registry_code=code, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        context["problem"] = str(refusal)
    return render(request, "documents/organisations.html", context)


@requires("documents.view_case")
def case(request, pk):
    found = case_for(request.user, pk)
    part = request.htmx.target if request.htmx else ""
    if part in {"turn", "work", "story"}:
        return case_page(request, found, part)
    actions.open_case(case=found, by=request.user, at=timezone.now())
    return case_page(request, found)
