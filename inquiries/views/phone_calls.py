"""The calls that want something, and what a person does about them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.paging import keyset_page
from common.refusals import Refusal
from inquiries import actions
from inquiries.call_sentences import CAUSES, EVENTS
from inquiries.models import Inquiry, PhoneCall
from inquiries.queries import mark_readable
from inquiries.queries.phone_calls import (
    calls_without_inquiry,
    candidates_for,
    inquiries_without_call,
    missed_by_number,
    missed_calls,
)


@requires("inquiries.view_phone_call")
@require_safe
def missed(request):
    """Whom to call back: one row a number, however often it rang."""
    now = timezone.now()
    groups = missed_by_number(by=request.user, at=now)
    note_listed(request, now, len(groups))
    return render(request, "inquiries/phone/missed.html", {"groups": groups})


@requires("inquiries.view_phone_call")
@require_safe
def without_inquiry(request):
    """Answered calls about which nothing is written down."""
    now, is_mine = timezone.now(), request.GET.get("mine") == "on"
    calls = calls_without_inquiry(by=request.user, at=now, is_mine=is_mine)
    page = keyset_page(calls, order=("-rang_at", "-pk"), cursor=request.GET.get("cursor", ""))
    note_listed(request, now, len(page.rows))
    context = {"page": page, "count": calls.count(), "is_mine": is_mine}
    return render(request, "inquiries/phone/without_inquiry.html", context)


@requires("inquiries.view_phone_call")
@require_safe
def without_call(request):
    """Inquiries by phone for which the exchange knows no call."""
    now, is_mine = timezone.now(), request.GET.get("mine") == "on"
    inquiries = inquiries_without_call(by=request.user, at=now, is_mine=is_mine)
    page = keyset_page(inquiries, cursor=request.GET.get("cursor", ""))
    mark_readable(page.rows, by=request.user, today=timezone.localdate(now))
    note_listed(request, now, len(page.rows))
    context = {"page": page, "count": inquiries.count(), "is_mine": is_mine}
    return render(request, "inquiries/phone/without_call.html", context)


@requires("inquiries.view_phone_call")
@require_safe
def call(request, pk):
    """One call as the exchange told of it, and the inquiries it may belong to."""
    found = seen_call(request, pk)
    inquiry = Inquiry.objects.visible_to(request.user).filter(key=found.contact_key).first()
    candidates = list(candidates_for(found, by=request.user)) if inquiry is None else []
    mark_readable(candidates, by=request.user, today=timezone.localdate())
    note_listed(request, timezone.now(), 1)
    context = {
        "call": found,
        "inquiry": inquiry,
        "candidates": candidates,
        "cause": CAUSES.get(found.cause, found.cause),
        "events": [
            (EVENTS.get(event.kind, event.kind), event.received_at)
            for event in found.events.all()[:50]
        ],
    }
    return render(request, "inquiries/phone/call.html", context)


@requires("inquiries.handle_phone_call")
@require_POST
def link(request, pk):
    found = seen_call(request, pk)
    key = request.POST.get("key", "")
    wanted = int(key) if key.isascii() and key.isdigit() else 0
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=wanted)
    try:
        actions.link_call(call=found, inquiry=inquiry, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("inquiries:unlink_call", args=[pk])
        say(request, _("The call belongs to %(number)s now.") % {"number": inquiry.number}, undo)
    return redirect("inquiries:phone_call", pk=pk)


@requires("inquiries.handle_phone_call")
@require_POST
def unlink(request, pk):
    found = seen_call(request, pk)
    before = Inquiry.objects.filter(key=found.contact_key).first()
    actions.unlink_call(call=found, by=request.user, at=timezone.now())
    undo = reverse("inquiries:link_call", args=[pk])
    say(request, _("The call is parted from its inquiry."), undo, before and before.pk)
    return redirect("inquiries:phone_call", pk=pk)


@requires("inquiries.handle_phone_call")
@require_POST
def set_aside(request, pk):
    """Nothing to write down, nobody to call back; of a missed call that means its whole number."""
    found, now = seen_call(request, pk), timezone.now()
    calls = [found]
    if found.is_missed:
        same = missed_calls(by=request.user, at=now).filter(number=found.number)
        calls = list(same.filter(rang_at__lte=found.rang_at))
    actions.set_calls_aside(calls=calls, by=request.user, at=now)
    undo = reverse("inquiries:take_call_back", args=[pk])
    say(request, _("Set aside."), undo, ",".join(str(one.pk) for one in calls))
    return redirect("inquiries:missed_calls" if found.is_missed else "inquiries:calls_unwritten")


@requires("inquiries.handle_phone_call")
@require_POST
def take_back(request, pk):
    found = seen_call(request, pk)
    named = request.POST.get("key", "")
    ids = [int(one) for one in named.split(",") if one.isascii() and one.isdigit()][:500]
    calls = PhoneCall.objects.visible_to(request.user).filter(pk__in=[*ids, pk])
    actions.take_calls_back(calls=list(calls))
    return redirect("inquiries:missed_calls" if found.is_missed else "inquiries:calls_unwritten")


def seen_call(request, pk):
    calls = PhoneCall.objects.visible_to(request.user).select_related("agent", "line", "linked_by")
    return get_object_or_404(calls, pk=pk)


def say(request, sentence, undo, key=None):
    """Tell what was done, with the way back."""
    messages.success(
        request,
        format_html(
            '{} <button class="btn btn-s" form="undo-call" formaction="{}" name="key" value="{}">{}</button>',
            sentence,
            undo,
            key or "",
            _("Take it back"),
        ),
    )


def note_listed(request, at, count):
    record_access(what="phone.calls", by=request.user, at=at, result_count=count)
