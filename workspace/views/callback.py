"""A promised callback on the call screen: how the contact begins, and how it ends when nobody answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from common.undo import offer_undo
from inquiries import actions
from inquiries.models import CallbackTry, Inquiry
from inquiries.refusals import DraftGone
from workspace.queries.call_tabs import has_room
from workspace.views.call import place_after, redirect_when_full

KEEP = "inquiries.keep_callback"


@requires(KEEP)
@require_POST
def call_back(request, inquiry):
    """The promised contact comes onto the screen, with number, client and topic filled in."""
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=inquiry)
    may_read = inquiry.is_readable_by(request.user, timezone.localdate())
    if not (may_read and request.user.has_perm(KEEP, inquiry)):
        raise PermissionDenied
    if not has_room(request.user):
        return redirect_when_full(request)
    try:
        draft = actions.begin_callback(inquiry=inquiry, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("inquiries:show", pk=inquiry.pk)
    return redirect("workspace:call_draft", key=draft.key)


@requires(KEEP)
@require_POST
def not_reached(request, key):
    """Nobody was reached: the try is written down, and there is no contact to write about."""
    result = request.POST.get("result", "")
    if result not in CallbackTry.Result.values:
        result = CallbackTry.Result.NO_ANSWER
    is_script = request.headers.get("Accept") == "application/json"
    stays = False
    try:
        actions.leave_callback(key=key, result=result, by=request.user, at=timezone.now())
    except DraftGone:
        place = place_after(request, key)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        place, stays = reverse("workspace:call_draft", args=[key]), True
    else:
        said = _("The try is written down, and the draft thrown away.")
        offer_undo(request, said, to=reverse("workspace:restore_call"), key=key)
        place = reverse("inquiries:callbacks")
    return JsonResponse({"go_to": place, "stays": stays}) if is_script else redirect(place)
