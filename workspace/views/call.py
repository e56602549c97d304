"""The call screen: a page for one contact, from the first word to the finished inquiry."""

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from common.auth import requires
from inquiries import actions
from inquiries.actions.open_draft import AT_FIRST
from inquiries.models import MOST_OPEN, DraftPassing, Inquiry, InquiryDraft
from inquiries.refusals import DraftGone
from workspace.forms import CallForm, quick_outcomes
from workspace.queries import call as queries
from workspace.queries.call_tabs import (
    drafts_at_hand,
    drafts_of,
    has_room,
    name_of,
    tabs_of,
)
from workspace.typed import with_number


@requires("inquiries.log_inquiry")
@require_GET
def call(request):
    """Go on with the contact begun last, else begin one."""
    drafts = drafts_of(request.user)
    if drafts:
        return redirect("workspace:call_draft", key=drafts[-1].key)
    return redirect("workspace:new_call")


@requires("inquiries.log_inquiry")
@require_GET
@vary_on_headers("HX-Request")
def new_call(request):
    """The empty form. Its row is made by the page's first save, under the key given here."""
    if not request.htmx and not has_room(request.user):
        return redirect_when_full(request)
    draft = InquiryDraft(
        key=uuid4(),
        owner=request.user,
        typed=AT_FIRST,
        started_at=timezone.now(),
        version=0,
    )
    return render_draft(request, draft)


@requires("inquiries.log_inquiry")
@require_POST
def start_call(request):
    """Begin a contact with what is known at its start: the number that calls, or the client."""
    if not has_room(request.user):
        return redirect_when_full(request)
    typed = {
        name: request.POST[name]
        for name in ("caller_lookup", "client", "channel", "follow_up_of")
        if request.POST.get(name)
    }
    draft, _is_new = actions.open_draft(
        key=uuid4(), by=request.user, at=timezone.now(), typed=with_number(typed)
    )
    return redirect("workspace:call_draft", key=draft.key)


@requires("inquiries.log_inquiry")
@require_GET
@vary_on_headers("HX-Request")
def call_draft(request, key):
    drafts = drafts_at_hand(request.user, key)
    draft = next((draft for draft in drafts if draft.key == key), None)
    if draft is None:
        return redirect(place_after(request, key))
    if draft.passing and not draft.passing.seen_at:
        actions.see_passing(passing=draft.passing, draft=draft, by=request.user, at=timezone.now())
    return render_draft(request, draft, drafts)


@requires("inquiries.log_inquiry")
@require_GET
def call_tabs(request):
    """The tabs anew for a page that heard of a change; with what was said meanwhile, if it asks."""
    drafts = drafts_at_hand(request.user)
    key = request.GET.get("current", "")
    current = next((draft for draft in drafts if str(draft.key) == key), None)
    context = {
        "tabs": tabs_of(drafts, by=request.user, at=timezone.now(), current=current),
        "most_tabs": MOST_OPEN,
        "with_messages": "messages" in request.GET,
    }
    return render(request, "workspace/call/tabs.html", context)


def render_draft(request, draft, drafts=None):
    """The page, or for a tab that is opened beside others only what belongs to the draft."""
    part = "#draft" if request.htmx else ""
    return render(request, f"workspace/call.html{part}", context_of(request, draft, drafts))


def redirect_when_full(request):
    messages.warning(
        request,
        _("%(n)s contacts are open. Finish or discard one of them, then begin a new one.")
        % {"n": MOST_OPEN},
    )
    return redirect("workspace:call")


def place_after(request, key):
    """Where a draft leads that is not here any more: to its inquiry, if it became one."""
    inquiry = Inquiry.objects.filter(key=key, agent=request.user).first()
    if inquiry is None:
        messages.info(request, why_gone(key, request.user))
        return reverse("workspace:my_day")
    return reverse("inquiries:show", args=[inquiry.pk])


def why_gone(key, user):
    """What became of a draft that is not this person's any more."""
    passings = DraftPassing.objects.standing().filter(contact_key=key, by=user, is_callback=False)
    passing = passings.select_related("to").last()
    if passing is None:
        return str(DraftGone())
    return _("The contact goes on with %(name)s.") % {"name": passing.to}


def context_of(request, draft, drafts=None):
    now = timezone.now()
    typed = draft.typed
    language = typed.get("language") or "et"
    bodies = queries.all_bodies(typed.get("topic", ""))
    topic = queries.topic_help(typed.get("topic", ""), language=language, bodies=bodies)
    caller = queries.caller_card(typed.get("client", ""), by=request.user)
    follows = queries.follow_up(typed, caller, by=request.user)
    return {
        "draft": draft,
        "tabs": tabs_of(
            drafts_at_hand(request.user) if drafts is None else drafts,
            by=request.user,
            at=now,
            current=draft,
            names={
                draft.key: name_of(
                    typed, client=str(caller.client or ""), topic=str(topic.topic or "")
                )
            },
        ),
        "most_tabs": MOST_OPEN,
        "quick_outcomes": quick_outcomes(),
        "form": CallForm(
            typed,
            bodies=bodies,
            sources=topic.articles,
            chosen_source=str(topic.source.pk) if topic.source else "",
        ),
        "caller": caller,
        "identification": queries.identification(typed, caller, follows),
        "lookup": typed.get("caller_lookup", ""),
        "follow_up_of": typed.get("follow_up_of", ""),
        "follow_up_number": follows.number if follows else "",
        "promise": queries.promise_to_keep(typed, follows, by=request.user, at=now),
        "help": topic,
        "talked": queries.seconds_between(draft.started_at, draft.ended_at or now),
        "wrapping_up": queries.seconds_between(draft.ended_at, now) if draft.ended_at else "",
        "talk_target": settings.TALK_TARGET_SECONDS,
        "wrap_up_target": settings.WRAP_UP_TARGET_SECONDS,
    }
