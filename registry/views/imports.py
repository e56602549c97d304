from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from registry import actions
from registry.forms import ImportForm
from registry.models import RegisterImport
from registry.sentences import IMPORT_REASONS, RECORD_REASONS

SHOWN = 30
BAD_SHOWN = 100


@requires("registry.import_open_data")
def import_list(request):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent)
    if form.is_valid():
        try:
            begun = _begin(form, request.user)
        except Refusal as refusal:
            form.add_error("sent" if form.cleaned_data["sent"] else "chosen", str(refusal))
        else:
            return redirect("registry:import", import_pk=begun.pk)
    imports = RegisterImport.objects.visible_to(request.user).select_related("requested_by")
    context = {"form": form, "imports": imports[:SHOWN]}
    return render(request, "registry/imports.html", context, status=422 if form.errors else 200)


@requires("registry.import_open_data")
def show(request, import_pk):
    found = get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=import_pk)
    bad = found.bad_records.order_by("position")[:BAD_SHOWN]
    context = {
        "import": found,
        "reason": IMPORT_REASONS.get(found.reason, found.reason),
        "bad_records": [(one, RECORD_REASONS.get(one.reason, one.reason)) for one in bad],
    }
    template = "registry/import.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)


@requires("registry.import_open_data")
@require_POST
def resume(request, import_pk):
    found = get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=import_pk)
    try:
        actions.resume_import(register_import=found, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:import", import_pk=import_pk)


def _begin(form, by):
    now = timezone.now()
    if form.cleaned_data["sent"]:
        return actions.receive_register_file(file=form.cleaned_data["sent"], by=by, at=now)
    path = settings.REGISTER_FILES_DIR / form.cleaned_data["chosen"]
    return actions.request_import(path=path, by=by, at=now)
