from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import record_access
from accounts.models import User
from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.forms import CallbackTryForm, MoveCallbackForm
from inquiries.queries import mark_readable, waiting_callbacks
from inquiries.views.moves import changeable


@requires("inquiries.view_inquiry")
@require_safe
def list_callbacks(request):
    now, is_mine = timezone.now(), request.GET.get("mine") == "on"
    waiting = waiting_callbacks(by=request.user, at=now, is_mine=is_mine)
    mark_readable([one.inquiry for one in waiting], by=request.user, today=timezone.localdate())
    record_access(what="inquiry.callbacks", by=request.user, at=now, result_count=len(waiting))
    context = {"waiting": waiting, "is_mine": is_mine}
    return render(request, "inquiries/callbacks.html", context)


@requires("inquiries.change_inquiry")
def record_try(request, pk):
    inquiry = changeable(request, pk)
    form = CallbackTryForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.record_callback_try(
                inquiry=inquiry, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The try is written down."))
            was_answered = made.result == made.Result.ANSWERED
            return redirect(
                "inquiries:settle" if was_answered else "inquiries:callbacks",
                *([pk] if was_answered else []),
            )
    context = {"inquiry": inquiry, "form": form}
    return render(request, "inquiries/record_try.html", context, status=422 if form.errors else 200)


@requires("inquiries.change_inquiry")
def move(request, pk):
    inquiry = changeable(request, pk)
    wanted = {"due_at": inquiry.callback_due_at, "responsible": inquiry.responsible_id}
    form = MoveCallbackForm(request.POST or None, initial=wanted)
    if form.is_valid():
        try:
            actions.move_callback(
                inquiry=inquiry,
                due_at=form.cleaned_data["due_at"],
                responsible=get_object_or_404(User, pk=form.cleaned_data["responsible"]),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The callback is moved."))
            return redirect("inquiries:callbacks")
    context = {"inquiry": inquiry, "form": form}
    return render(
        request, "inquiries/move_callback.html", context, status=422 if form.errors else 200
    )
