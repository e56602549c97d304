"""The call screen: a page for one contact, from the first word to the finished inquiry."""

import json
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.phones import PhoneNotValid, normal_phone
from common.auth import requires
from common.models import StaleSave
from inquiries import actions
from inquiries.actions.open_draft import AT_FIRST
from inquiries.judging import InquiryNotComplete
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from inquiries.states import Outcome
from workspace.forms import CallForm
from workspace.queries import call as queries


@requires("inquiries.log_inquiry")
@require_GET
def call(request):
    """Go on with the contact begun last, else begin one."""
    drafts = queries.open_drafts(InquiryDraft.objects.of(request.user))
    if drafts:
        return redirect("workspace:call_draft", key=drafts[-1].key)
    return redirect("workspace:new_call")


@requires("inquiries.log_inquiry")
@require_GET
def new_call(request):
    """The empty form. Its row is made by the page's first save, under the key given here."""
    draft = InquiryDraft(
        key=uuid4(),
        owner=request.user,
        typed=AT_FIRST,
        started_at=timezone.now(),
        version=0,
    )
    return render(request, "workspace/call.html", context_of(request, draft))


@requires("inquiries.log_inquiry")
@require_POST
def start_call(request):
    """Begin a contact with what is known at its start: the number that calls, or the client."""
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
def call_draft(request, key):
    drafts = list(InquiryDraft.objects.of(request.user))
    draft = next((draft for draft in drafts if draft.key == key), None)
    if draft is None:
        return redirect(place_after(request, key))
    return render(request, "workspace/call.html", context_of(request, draft, drafts))


@requires("inquiries.log_inquiry")
@require_POST
def save(request, key):
    """The page keeps what is typed; the first time that makes the row."""
    sent = json.loads(request.body)
    typed, now = with_number(sent["typed"]), timezone.now()
    try:
        draft, is_new = actions.open_draft(key=key, by=request.user, at=now, typed=typed)
        version = draft.version
        if not is_new:
            version = actions.save_draft(
                key=key, version=sent["version"] or version, typed=typed, by=request.user, at=now
            )
        if sent.get("ended"):
            actions.end_call(key=key, by=request.user, at=now)
    except StaleSave as stale:
        return JsonResponse(as_conflict(stale), status=409)
    except AlreadyFinished as done:
        return JsonResponse({"finished": done.inquiry.number}, status=410)
    except DraftGone as gone:
        return JsonResponse({"detail": str(gone)}, status=404)
    return JsonResponse({"version": version, "saved_at": clock_time(now)})


@requires("inquiries.log_inquiry")
@require_POST
def finish(request, key):
    """The contact is written down; what is missing is said at its field, and the draft stays."""
    wants_json = request.content_type == "application/json"
    sent = json.loads(request.body) if wants_json else {"typed": request.POST.dict(), "version": ""}
    typed, now = with_number(sent["typed"]), timezone.now()
    try:
        draft, _is_new = actions.open_draft(key=key, by=request.user, at=now, typed=typed)
        inquiry = actions.finish_inquiry(
            key=key,
            typed=typed,
            version=sent["version"] or draft.version,
            by=request.user,
            at=now,
        )
    except InquiryNotComplete as refused:
        return refused_answer(request, key, refused, wants_json)
    except AlreadyFinished as done:
        inquiry = done.inquiry
    except StaleSave as stale:
        return JsonResponse(as_conflict(stale), status=409)
    except DraftGone as gone:
        return JsonResponse({"detail": str(gone)}, status=404)
    return finished_answer(request, inquiry, wants_json)


@requires("inquiries.log_inquiry")
@require_POST
def discard(request, key):
    """Throw the draft away; it can be taken back until the sweep takes it."""
    actions.discard_draft(key=key, by=request.user, at=timezone.now())
    messages.info(
        request,
        format_html(
            '{} <button form="restore-draft" class="btn btn-s" name="key" value="{}">{}</button>',
            _("The draft is thrown away."),
            key,
            _("Take it back"),
        ),
    )
    return redirect("workspace:my_day")


@requires("inquiries.log_inquiry")
@require_POST
def restore(request):
    key = UUID(request.POST["key"])
    actions.restore_draft(key=key, by=request.user, at=timezone.now())
    return redirect("workspace:call_draft", key=key)


def refused_answer(request, key, refused, wants_json):
    draft = InquiryDraft.objects.of(request.user).get(key=key)
    context = context_of(request, draft)
    context["form"].take_errors(refused)
    if not wants_json:
        return render(request, "workspace/call.html", context, status=422)
    form = context["form"]
    problems = [
        {
            "field": name,
            "id": form[name].id_for_label or form[name].auto_id,
            "label": str(form[name].label),
            "reasons": list(form.errors[name]),
        }
        for name in form.errors
        if name in form.fields
    ]
    return JsonResponse(
        {"problems": problems, "others": list(form.non_field_errors()), "version": draft.version},
        status=422,
    )


def finished_answer(request, inquiry, wants_json):
    messages.success(
        request,
        format_html(
            '<a href="{}">{}</a> {}',
            reverse("inquiries:show", args=[inquiry.pk]),
            inquiry.number,
            _("is saved."),
        ),
    )
    place = place_next(request, inquiry)
    return (
        JsonResponse({"number": inquiry.number, "go_to": place}) if wants_json else redirect(place)
    )


def place_next(request, inquiry):
    """Who asked for access to a portal gets a case at once; after anything else the day goes on."""
    if inquiry.outcome == Outcome.ACCESS_PAPERS and request.user.has_perm("documents.change_case"):
        return f"{reverse('documents:start')}?{urlencode({'inquiry': inquiry.pk})}"
    return reverse("workspace:my_day")


def place_after(request, key):
    """Where a draft leads that is not here any more: to its inquiry, if it became one."""
    inquiry = Inquiry.objects.filter(key=key, agent=request.user).first()
    if inquiry is None:
        messages.info(request, _("This draft is not here any more."))
        return reverse("workspace:my_day")
    return reverse("inquiries:show", args=[inquiry.pk])


def context_of(request, draft, drafts=None):
    now = timezone.now()
    typed = draft.typed
    language = typed.get("language") or "et"
    topic = queries.topic_help(typed.get("topic", ""), language=language)
    caller = queries.caller_card(typed.get("client", ""), by=request.user)
    return {
        "draft": draft,
        "drafts": queries.open_drafts(drafts or InquiryDraft.objects.of(request.user)),
        "form": CallForm(
            typed,
            sources=topic.articles,
            chosen_source=str(topic.source.pk) if topic.source else "",
        ),
        "caller": caller,
        "lookup": typed.get("caller_lookup", ""),
        "follow_up_of": typed.get("follow_up_of", ""),
        "follow_up_number": queries.follow_up_number(typed, by=request.user),
        "help": topic,
        "talked": queries.seconds_between(draft.started_at, draft.ended_at or now),
        "wrapping_up": queries.seconds_between(draft.ended_at, now) if draft.ended_at else "",
        "talk_target": settings.TALK_TARGET_SECONDS,
        "wrap_up_target": settings.WRAP_UP_TARGET_SECONDS,
    }


def with_number(typed):
    """What was typed to find the caller is the caller's number where it is one."""
    lookup = typed.get("caller_lookup", "")
    if not lookup or typed.get("caller_number"):
        return typed
    try:
        return {**typed, "caller_number": normal_phone(lookup)}
    except PhoneNotValid:
        return typed


def as_conflict(stale):
    return {
        "version": stale.version,
        "differences": [
            {"name": item.name, "label": item.label, "theirs": item.theirs, "mine": item.mine}
            for item in stale.differences
        ],
    }


def clock_time(moment):
    return timezone.localtime(moment).strftime("%H:%M:%S")
