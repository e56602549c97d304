"""What came back: the report of its check, and what a person decides about it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.forms import ReasonForm, VersionForm
from documents.models import ReturnedFile
from documents.return_report import report_of
from documents.views.page import envelope_for


def _return_for(user, pk, permission="documents.view_case"):
    returned = get_object_or_404(
        ReturnedFile.objects.select_related(
            "stored_file", "signer", "received_by", "report_paper__stored_file"
        ),
        pk=pk,
    )
    returned.envelope = envelope_for(user, returned.envelope_id, permission)
    return returned


@requires("documents.view_case")
@require_safe
def report(request, pk):
    """Valid? The right people? Our file? Each apart, with a line for each signature."""
    returned = _return_for(request.user, pk)
    record_access(
        what="paper.report",
        by=request.user,
        at=timezone.now(),
        subject=returned,
        reason=returned.envelope.case.number,
    )
    return _report_page(request, returned)


def _report_page(request, returned, refused=None):
    """The report; `refused` is the form that was not accepted, with what was typed."""
    case = returned.envelope.case
    context = {
        "returned": returned,
        "case": case,
        "report": report_of(returned),
        "refuse_form": refused or ReasonForm(initial={"version": case.version}, prefix="refuse"),
        "may_change": request.user.has_perm("documents.change_case", case),
    }
    return render(request, "documents/report.html", context, status=422 if refused else 200)


@requires("documents.view_case")
@require_safe
def returned_file(request, pk):
    returned = _return_for(request.user, pk)
    return _taken_along(request, returned, returned.stored_file)


def _taken_along(request, returned, stored):
    """A file that leaves with whoever asked; who, when and of which case stands in the access log."""
    record_access(
        what="paper.download",
        by=request.user,
        at=timezone.now(),
        subject=returned,
        reason=returned.envelope.case.number,
    )
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=stored.original_name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires("documents.view_case")
def ask_report_paper(request, pk):
    """The worker is asked to set the report as PDF."""
    returned = _return_for(request.user, pk)
    try:
        actions.request_report(returned=returned, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("documents:report", pk=returned.pk)


@requires("documents.view_case")
@require_safe
def report_paper_state(request, pk):
    """Whether the PDF is made by now, for the page that waits for it."""
    returned = _return_for(request.user, pk)
    return render(request, "documents/report_paper.html", {"returned": returned})


@requires("documents.view_case")
@require_safe
def report_paper(request, pk):
    """The report as PDF, to take along."""
    returned = _return_for(request.user, pk)
    made = getattr(returned, "report_paper", None)
    if made is None or made.stored_file is None:
        raise Http404
    return _taken_along(request, returned, made.stored_file)


@require_POST
@requires("documents.change_case")
def refuse(request, pk):
    returned = _return_for(request.user, pk, "documents.change_case")
    form = ReasonForm(request.POST, prefix="refuse")
    if form.is_valid():
        try:
            actions.refuse_return(
                returned=returned, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is refused, and whoever sent it is told why."))
            return redirect("documents:case", pk=returned.envelope.case_id)
    return _report_page(request, _return_for(request.user, pk), form)


@require_POST
@requires("documents.change_case")
def tell_faults(request, pk):
    returned = _return_for(request.user, pk, "documents.change_case")
    try:
        actions.tell_faults(returned=returned, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The faults are written to whoever sent the file."))
    return redirect("documents:case", pk=returned.envelope.case_id)


@require_POST
@requires("documents.change_case")
def confirm(request, pk):
    return _decide(
        request, pk, actions.confirm_return, _("The papers are accepted. Enter them in the portal.")
    )


@require_POST
@requires("documents.change_case")
def check_again(request, pk):
    return _decide(request, pk, actions.check_return_again, _("The register is being asked."))


def _decide(request, pk, action, done):
    envelope = envelope_for(request.user, pk, "documents.change_case")
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        action(envelope=envelope, version=version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("documents:case", pk=envelope.case_id)
