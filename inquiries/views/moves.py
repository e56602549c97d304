from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from common.undo import offer_undo
from inquiries import actions
from inquiries.models import Inquiry


def changeable(request, pk, permission="inquiries.change_inquiry"):
    """The inquiry, if this person may see it, read it and take this step with it."""
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
    may_read = inquiry.is_readable_by(request.user, timezone.localdate())
    if not (may_read and request.user.has_perm(permission, inquiry)):
        raise PermissionDenied
    return inquiry


@requires("inquiries.change_inquiry")
@require_POST
def close(request, pk):
    return _moved(request, changeable(request, pk), actions.close_inquiry, _("Closed."))


@requires("inquiries.change_inquiry")
@require_POST
def reopen(request, pk):
    return _moved(request, changeable(request, pk), actions.reopen_inquiry, _("Reopened."))


@requires("inquiries.take_over_inquiry")
@require_POST
def take_over(request, pk):
    inquiry = changeable(request, pk, "inquiries.take_over_inquiry")
    try:
        actions.take_over_inquiry(inquiry=inquiry, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("inquiries:undo_take_over", args=[pk])
        offer_undo(request, _("This is yours now."), to=undo, key=pk)
    return redirect("inquiries:show", pk=pk)


@requires("inquiries.take_over_inquiry")
@require_POST
def undo_take_over(request, pk):
    inquiry = changeable(request, pk, "inquiries.take_over_inquiry")
    return _moved(request, inquiry, actions.undo_take_over, _("It is as it was."))


def _moved(request, inquiry, action, done):
    try:
        action(inquiry=inquiry, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("inquiries:show", pk=inquiry.pk)
