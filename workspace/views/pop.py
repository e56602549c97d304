"""The pop of a ringing phone, and how a contact begins from a call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import record_access
from clients.models import Client
from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.models import PhoneCall
from workspace.queries.pop import ended_contacts, new_passings, pops_for


@never_cache
@requires("inquiries.log_inquiry")
@require_GET
def pop(request):
    """What the phone says now; a page asks at its load and whenever word of a call comes."""
    now = timezone.now()
    pops = pops_for(request.user, at=now)
    for shown in pops:
        note_seen(shown, request.user, now)
    context = {
        "pops": pops,
        "passings": new_passings(request.user),
        "ended": ended_contacts(request.user, at=now),
    }
    return render(request, "workspace/call/pop.html", context)


@requires("inquiries.log_inquiry")
@require_POST
def accept(request, call):
    """The call comes onto the screen as a tab of its own."""
    call = own_call(request, call)
    chosen = request.POST.get("client", "")
    client = None
    if chosen.isascii() and chosen.isdigit():
        client = get_object_or_404(Client.objects.visible_to(request.user), pk=chosen)
    draft = actions.accept_call(call=call, client=client, by=request.user, at=timezone.now())
    return redirect("workspace:call_draft", key=draft.key)


@requires("inquiries.log_inquiry")
@require_POST
def put_away(request, call):
    actions.put_pop_away(call=own_call(request, call), by=request.user, at=timezone.now())
    return HttpResponse(status=204)


@requires("inquiries.handle_phone_call")
@require_POST
def begin(request, call):
    """Something is written down about a call of the lists."""
    call = get_object_or_404(PhoneCall.objects.visible_to(request.user), pk=call)
    wanted = request.POST.get("wanted", "")
    try:
        draft = actions.begin_from_call(
            call=call, by=request.user, at=timezone.now(), wanted=wanted
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("inquiries:phone_call", pk=call.pk)
    return redirect("workspace:call_draft", key=draft.key)


def own_call(request, pk):
    """A call that rang at this person's desk."""
    return get_object_or_404(PhoneCall.objects.filter(rings__user=request.user), pk=pk)


def note_seen(shown, user, at):
    """Whose card came on the screen stands in the access log, once for each ring."""
    ring = shown.ring
    if ring.seen_at is not None:
        return
    ring.seen_at = at
    ring.save(update_fields=["seen_at"])
    if shown.matches:
        record_access(
            what="phone.pop",
            by=user,
            at=at,
            subject=shown.client,
            reason="call",
            result_count=len(shown.matches),
        )
