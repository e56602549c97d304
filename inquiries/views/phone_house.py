"""What keeps the telephone in order: blocked numbers, exchanges and their call records."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.call_sentences import IMPORT_REASONS, ROW_REASONS
from inquiries.forms import BlockNumberForm, CallImportForm, PhoneLineForm
from inquiries.models import BlockedNumber, CallImport, CallRecordProfile, PhoneLine

SHOWN = 50
BAD_SHOWN = 200


@requires("inquiries.block_number")
def blocked(request):
    """Numbers that are turned away, and a form for one more."""
    now = timezone.now()
    form = BlockNumberForm(request.POST or None)
    if form.is_valid():
        days = dt.timedelta(days=form.cleaned_data["days"])
        try:
            actions.block_number(
                number=form.cleaned_data["number"],
                reason=form.cleaned_data["reason"],
                ends_at=now + days,
                by=request.user,
                at=now,
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Calls from this number are turned away."))
            return redirect("inquiries:blocked_numbers")
    numbers = BlockedNumber.objects.visible_to(request.user).in_force(now)
    context = {"form": form, "numbers": numbers.select_related("by")[:SHOWN]}
    return render(
        request, "inquiries/phone/blocked.html", context, status=422 if form.errors else 200
    )


@requires("inquiries.block_number")
@require_POST
def lift(request, pk):
    found = get_object_or_404(BlockedNumber.objects.visible_to(request.user), pk=pk)
    actions.lift_block(blocked=found, by=request.user, at=timezone.now())
    messages.success(request, _("Calls from this number come through again."))
    return redirect("inquiries:blocked_numbers")


@never_cache
@requires("inquiries.manage_phone_line")
def lines(request):
    """The exchanges there are; a new token is shown on the answer to its form and never again."""
    form = PhoneLineForm(request.POST or None)
    issued = ""
    if form.is_valid():
        _line, token = actions.open_phone_line(
            name=form.cleaned_data["name"], by=request.user, at=timezone.now()
        )
        issued = request.build_absolute_uri(reverse("inquiries_api:cti", args=[token]))
        form = PhoneLineForm()
    found = PhoneLine.objects.visible_to(request.user)
    context = {"form": form, "issued": issued, "lines": found}
    return render(
        request, "inquiries/phone/lines.html", context, status=422 if form.is_bound else 200
    )


@requires("inquiries.manage_phone_line")
@require_POST
def close_line(request, pk):
    found = get_object_or_404(PhoneLine.objects.visible_to(request.user), pk=pk)
    actions.close_phone_line(line=found, by=request.user, at=timezone.now())
    messages.success(request, _("This exchange cannot reach us any more."))
    return redirect("inquiries:phone_lines")


@requires("inquiries.import_calls")
def imports(request):
    """Files of call records taken over so far, and a form to send one along."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CallImportForm(*sent)
    if form.is_valid():
        try:
            begun = actions.receive_call_file(
                file=form.cleaned_data["file"],
                line=get_object_or_404(PhoneLine, pk=form.cleaned_data["line"]),
                profile=get_object_or_404(CallRecordProfile, pk=form.cleaned_data["profile"]),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("inquiries:call_import", pk=begun.pk)
    made = CallImport.objects.visible_to(request.user).select_related("line", "profile")
    context = {"form": form, "imports": made[:SHOWN]}
    return render(
        request, "inquiries/phone/imports.html", context, status=422 if form.errors else 200
    )


@requires("inquiries.import_calls")
def show_import(request, pk):
    found = get_object_or_404(
        CallImport.objects.visible_to(request.user).select_related("line", "profile"), pk=pk
    )
    bad = found.bad_records.all()[:BAD_SHOWN]
    context = {
        "import": found,
        "reason": IMPORT_REASONS.get(found.reason, found.reason),
        "bad_records": [(one, ROW_REASONS.get(one.reason, one.reason)) for one in bad],
    }
    template = "inquiries/phone/import.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)


@requires("inquiries.import_calls")
@require_POST
def resume_import(request, pk):
    found = get_object_or_404(CallImport.objects.visible_to(request.user), pk=pk)
    try:
        actions.resume_call_import(call_import=found, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("inquiries:call_import", pk=pk)
