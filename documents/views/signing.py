"""Envelopes on the staff's side: made, signed for the agency, sent, and brought back."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.file_types import ASICE
from common.refusals import Refusal
from common.uploads import check_upload
from documents import actions
from documents.actions.receive_return import ACCEPTED
from documents.envelope_forms import AgencySignatureForm, SendForm, StaffReturnForm
from documents.forms import VersionForm
from documents.models import CameBy, EnvelopeSigner
from documents.queries import container_to_sign, waiting_for_signature
from documents.views.page import case_for, case_page, envelope_for


@requires("documents.sign_paper")
@require_safe
def to_sign(request):
    """What waits for my signature for the agency."""
    now = timezone.now()
    rows = []
    for envelope in waiting_for_signature(user_id=request.user.pk):
        try:
            actions.may_sign(envelope=envelope, by=request.user, at=now)
        except Refusal as refusal:
            rows.append((envelope, str(refusal)))
        else:
            rows.append((envelope, ""))
    record_access(what="paper.to_sign", by=request.user, at=now, result_count=len(rows))
    return render(request, "documents/to_sign.html", {"rows": rows, "now": now})


@require_POST
@requires("documents.change_case")
def make_envelopes(request, pk):
    case = case_for(request.user, pk, "documents.change_case")
    actions.make_envelopes(case=case, by=request.user, at=timezone.now())
    return redirect("documents:case", pk=pk)


@requires("documents.view_case")
@require_safe
def envelope_file(request, pk):
    """The container, with all good signatures so far."""
    envelope = envelope_for(request.user, pk)
    stored = container_to_sign(envelope)
    record_access(
        what="paper.download",
        by=request.user,
        at=timezone.now(),
        subject=envelope,
        reason=envelope.case.number,
    )
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=envelope.file_name,
        content_type=ASICE,
    )
    response["Cache-Control"] = "private, no-store"
    return response


@requires("documents.sign_paper")
def agency_sign(request, pk):
    """The very file to sign, and the place to bring it back to."""
    envelope = envelope_for(request.user, pk)
    form = AgencySignatureForm(request.POST or None, request.FILES or None)
    problem = ""
    try:
        actions.may_sign(envelope=envelope, by=request.user, at=timezone.now())
    except Refusal as refusal:
        problem = str(refusal)
    if not problem and form.is_valid() and _signed(request, envelope, form):
        messages.success(request, _("The container has come in and is being checked."))
        return redirect("documents:case", pk=envelope.case_id)
    context = {"envelope": envelope, "case": envelope.case, "form": form, "problem": problem}
    context["papers"] = envelope.papers.active().order_by("pk")
    status = 422 if form.errors else 200
    return render(request, "documents/agency_sign.html", context, status=status)


def _signed(request, envelope, form):
    try:
        actions.sign_for_agency(
            envelope=envelope,
            upload=check_upload(form.cleaned_data["file"], allowed=ACCEPTED),
            is_from_portal=form.cleaned_data["way"] == CameBy.PORTAL,
            evidence=form.cleaned_data["evidence"],
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return False
    return True


@require_POST
@requires("documents.change_case")
def send(request, pk):
    envelope = envelope_for(request.user, pk, "documents.change_case")
    form = SendForm(request.POST, envelope=envelope)
    if form.is_valid():
        try:
            actions.send_envelope(
                envelope=envelope,
                addresses=form.addresses(),
                is_attached=form.cleaned_data["is_attached"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The letters are on their way."))
            return redirect("documents:case", pk=envelope.case_id)
    return case_page(request, case_for(request.user, envelope.case_id), send_form=form)


@require_POST
@requires("documents.change_case")
def bring(request, pk):
    """A signed container that the client gave to staff."""
    envelope = envelope_for(request.user, pk, "documents.change_case")
    form = StaffReturnForm(request.POST, request.FILES, envelope=envelope)
    if form.is_valid():
        try:
            actions.receive_return(
                envelope=envelope,
                upload=check_upload(form.cleaned_data["file"], allowed=ACCEPTED),
                came_by=form.cleaned_data["way"],
                evidence=form.cleaned_data["evidence"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The container has come in and is being checked."))
            return redirect("documents:case", pk=envelope.case_id)
    return case_page(request, case_for(request.user, envelope.case_id), bring_form=form)


@require_POST
@requires("documents.change_case")
def renew_link(request, pk):
    return _link(
        request, pk, actions.renew_link, _("A new link has been sent; the old one opens no more.")
    )


@require_POST
@requires("documents.change_case")
def revoke_link(request, pk):
    return _link(request, pk, actions.revoke_link, _("The link opens no more."))


def _link(request, pk, action, done):
    signer = get_object_or_404(EnvelopeSigner.objects.select_related("envelope"), pk=pk)
    envelope = envelope_for(request.user, signer.envelope_id, "documents.change_case")
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        action(signer=signer, version=version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("documents:case", pk=envelope.case_id)
