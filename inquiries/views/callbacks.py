from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from accounts.models import User
from clients.models import Client
from clients.phones import PhoneNotValid
from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.forms import CallbackNumberForm, CallbackTryForm, MoveCallbackForm
from inquiries.models import Inquiry
from inquiries.queries import mark_readable, promise_of, waiting_callbacks
from inquiries.typed import is_id
from inquiries.views.moves import changeable

KEEP = "inquiries.keep_callback"
LONGEST_NUMBER = 32


@requires("inquiries.view_inquiry")
@require_safe
def list_callbacks(request):
    now, is_mine = timezone.now(), request.GET.get("mine") == "on"
    waiting = waiting_callbacks(by=request.user, at=now, is_mine=is_mine)
    mark_readable([one.inquiry for one in waiting], by=request.user, today=timezone.localdate())
    record_access(what="inquiry.callbacks", by=request.user, at=now, result_count=len(waiting))
    context = {"waiting": waiting, "is_mine": is_mine}
    return render(request, "inquiries/callbacks.html", context)


@requires(KEEP)
def record_try(request, pk):
    inquiry = changeable(request, pk, KEEP)
    may_settle = request.user.has_perm("inquiries.change_inquiry", inquiry)
    form = CallbackTryForm(request.POST or None, may_settle=may_settle)
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
    promise = promise_of(inquiry, by=request.user, at=timezone.now())
    context = {"inquiry": inquiry, "form": form, "promise": promise}
    return render(request, "inquiries/record_try.html", context, status=422 if form.errors else 200)


@requires("inquiries.change_inquiry")
def move(request, pk):
    inquiry = changeable(request, pk)
    wanted = {"due_at": inquiry.callback_due_at, "responsible": inquiry.responsible_id}
    form = MoveCallbackForm(request.POST or None, initial=wanted, inquiry=inquiry)
    if form.is_valid():
        try:
            actions.move_callback(
                inquiry=inquiry,
                due_at=form.cleaned_data["due_at"],
                responsible=get_object_or_404(User, pk=form.cleaned_data["responsible"]),
                by=request.user,
                at=timezone.now(),
            )
        except actions.NoCallbackPromised as refusal:
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error("due_at", str(refusal))
        else:
            messages.success(request, _("The callback is moved."))
            return redirect("inquiries:callbacks")
    context = {"inquiry": inquiry, "form": form}
    return render(
        request, "inquiries/move_callback.html", context, status=422 if form.errors else 200
    )


@requires(KEEP)
def change_number(request, pk):
    """Another number to call back: one of the client's by one click, or one that is typed."""
    inquiry = changeable(request, pk, KEEP)
    form = CallbackNumberForm(request.POST or None)
    if form.is_valid():
        try:
            actions.change_callback_number(
                inquiry=inquiry, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except PhoneNotValid as refusal:
            form.add_error("number", str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The client is called back at another number."))
            return redirect("inquiries:callbacks")
    context = {"inquiry": inquiry, "form": form}
    return render(
        request, "inquiries/callback_number.html", context, status=422 if form.errors else 200
    )


@requires("inquiries.log_inquiry")
@require_POST
def note_dialling(request):
    """A number was pressed on the screen; the page does not wait for the answer."""
    number = request.POST.get("number", "").strip()
    if not 0 < len(number) <= LONGEST_NUMBER:
        return HttpResponseBadRequest()
    actions.note_dialling(
        number=number,
        client=_named(request, Client, "client"),
        inquiry=_named(request, Inquiry, "inquiry"),
        by=request.user,
        at=timezone.now(),
    )
    return HttpResponse(status=204)


def _named(request, model, name):
    pk = request.POST.get(name, "")
    return model.objects.visible_to(request.user).filter(pk=pk).first() if is_id(pk) else None
