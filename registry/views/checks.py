from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from clients.forms import RevealForm
from common.auth import requires
from common.file_types import ASICE, JPEG, PDF, PNG
from common.models import StoredFile
from common.paging import keyset_page
from common.refusals import Refusal
from common.uploads import UploadRefused, check_upload
from registry import actions
from registry.forms import ConfirmForm, DeclineForm
from registry.models import Organisation, RepresentationCheck
from registry.representation import Signatory
from registry.sentences import PROBLEMS, VERDICTS, reason_words
from registry.states import OPEN_TO_PEOPLE, CheckState

PAGE = "registry/check.html"
PAPERS = {PDF, PNG, JPEG, ASICE}
UNDERWAY = [CheckState.REQUESTED, CheckState.ASKING, CheckState.WAITING]
SHOWN = 30


@requires("registry.check_representation")
def check_list(request):
    shown = request.GET.get("show", "open")
    rows = RepresentationCheck.objects.visible_to(request.user).select_related("requested_by")
    if shown == "open":
        rows = rows.filter(state__in=OPEN_TO_PEOPLE)
    elif shown == "mine":
        rows = rows.filter(state__in=OPEN_TO_PEOPLE, requested_by__in=request.user.acts_for_ids)
    elif shown == "underway":
        rows = rows.filter(state__in=UNDERWAY)
    cursor = request.GET.get("cursor", "")
    page = keyset_page(rows, order=("-requested_at", "-pk"), cursor=cursor, size=SHOWN)
    return render(request, "registry/checks.html", {"page": page, "shown": shown})


@requires("registry.check_representation")
@never_cache
def check(request, pk):
    found = _found(request, pk)
    if request.htmx and found.waits_for_people:
        return HttpResponseClientRefresh()  # the forms for people stand outside the part that swaps
    if request.htmx:
        return render(request, f"{PAGE}#answer", _context(found))
    actions.open_check(check=found, by=request.user, at=timezone.now())
    return render(request, PAGE, {**_context(found), **_forms()})


@requires("registry.confirm_check")
@require_POST
def confirm(request, pk):
    found = _found(request, pk)
    form = ConfirmForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            papers = _papers(form.cleaned_data["paper"])
            actions.confirm_check_manually(
                check=found,
                reason=form.cleaned_data["reason"],
                papers=papers,
                extract_on=form.cleaned_data["extract_on"],
                by=request.user,
                at=timezone.now(),
            )
        except UploadRefused as refusal:
            form.add_error("paper", str(refusal))
        except Refusal as refusal:
            form.add_error(FIELD_OF_REFUSAL.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("The check is confirmed."))
            return redirect("registry:check", pk=pk)
    return _again(request, found, confirm_form=form)


FIELD_OF_REFUSAL = {
    "reason_missing": "reason",
    "paper_missing": "paper",
    "paper_day_missing": "extract_on",
    "paper_of_the_future": "extract_on",
}


@requires("registry.confirm_check")
@require_POST
def decline(request, pk):
    found = _found(request, pk)
    form = DeclineForm(request.POST, prefix="decline")
    if form.is_valid():
        try:
            actions.decline_check(
                check=found,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("registry:check", pk=pk)
    return _again(request, found, decline_form=form)


@requires("registry.check_representation")
@require_POST
def stop_waiting(request, pk):
    return _do(request, pk, actions.stop_waiting)


@requires("registry.check_representation")
@require_POST
def withdraw(request, pk):
    return _do(request, pk, actions.withdraw_check)


@requires("registry.check_representation")
@require_POST
def ask_anew(request, pk):
    found = _found(request, pk)
    again = actions.request_representation_check(
        registry_code=found.registry_code,
        purpose=found.purpose,
        signatories=[
            Signatory(one.name, one.code, one.country) for one in found.signatories.order_by("pk")
        ],
        client=found.client,
        asks_anew=True,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("registry:check", pk=again.pk)


@requires("registry.check_representation")
@never_cache
def paper(request, pk, evidence_pk):
    """An extract that somebody added; always saved, never opened within our pages."""
    found = _found(request, pk)
    stored = get_object_or_404(
        StoredFile, pk__in=found.evidence.filter(pk=evidence_pk).values("stored_file")
    )
    actions.open_check(check=found, by=request.user, at=timezone.now(), what="paper")
    return FileResponse(stored.file.open("rb"), as_attachment=True, filename=stored.original_name)


@requires("registry.reveal_code")
@never_cache
def reveal_code(request, pk, person_pk):
    """The personal code of somebody whom the register named, for a reason and this once."""
    found = _found(request, pk)
    person = get_object_or_404(found.people.filter(is_legal_person=False), pk=person_pk)
    form = RevealForm(request.POST or None)
    code = ""
    if form.is_valid():
        try:
            code = actions.reveal_person_code(
                person=person, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    context = {"check": found, "person": person, "form": form, "code": code}
    return render(request, "registry/code.html", context, status=422 if form.errors else 200)


def _found(request, pk):
    return get_object_or_404(RepresentationCheck.objects.visible_to(request.user), pk=pk)


def _do(request, pk, action):
    try:
        action(check=_found(request, pk), by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:check", pk=pk)


def _again(request, found, **forms):
    found.refresh_from_db()
    context = {**_context(found), **_forms(), **forms}
    return render(request, PAGE, context, status=422)


def _papers(sent):
    return [check_upload(sent, allowed=PAPERS)] if sent else []


def _forms():
    return {"confirm_form": ConfirmForm(), "decline_form": DeclineForm(prefix="decline")}


def _context(found):
    known = Organisation.objects.filter(registry_code=found.registry_code)
    return {
        "check": found,
        "organisation": known.first(),
        "verdict": VERDICTS.get(found.verdict),
        "reasons": [reason_words(reason) for reason in found.reasons],
        "problem": PROBLEMS.get(found.last_problem),
        "people": found.people.all(),
        "signatories": found.signatories.order_by("pk"),
        "evidence": found.evidence.select_related("answer", "stored_file", "added_by"),
        "is_fresh": found.is_fresh(timezone.now(), found.purpose),
        "today": timezone.localdate(),
    }
