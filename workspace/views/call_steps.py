"""What happens to a contact on the call screen: kept, finished, thrown away, and taken back."""

import json
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.models import StaleSave
from common.refusals import Refusal
from common.undo import offer_undo
from inquiries import actions
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from inquiries.states import Outcome
from inquiries.typed import kept
from workspace.typed import with_number
from workspace.views.call import context_of, place_after, why_gone

MOST_ATTEMPTS = 100
LONGEST_NAME = 20


class TypedBySomebodyElse(Exception):
    """The page was opened by one person, and another one is signed in by now."""


def answers_script(step):
    """What any step may answer to the page's script instead of being done."""

    @wraps(step)
    def answered(request, key):
        try:
            return step(request, key)
        except StaleSave as stale:
            return JsonResponse(as_conflict(stale), status=409)
        except AlreadyFinished as done:
            return JsonResponse({"finished": done.inquiry.number}, status=410)
        except DraftGone:
            return JsonResponse({"detail": why_gone(key, request.user)}, status=404)
        except TypedBySomebodyElse:
            return HttpResponse(status=401)  # the page keeps it until its own person is back

    return answered


@requires("inquiries.log_inquiry")
@require_POST
@answers_script
def save(request, key):
    """The page keeps what is typed; the first time that makes the row."""
    sent = told_by_script(request)
    typed, now = with_number(sent["typed"]), timezone.now()
    draft, is_new = actions.open_draft(key=key, by=request.user, at=now, typed=typed)
    version = draft.version
    if not is_new:
        version = actions.save_draft(
            key=key,
            version=sent["version"] or version,
            typed=typed,
            by=request.user,
            at=now,
            attempts=sent["attempts"],
        )
    if sent["ended"]:
        actions.end_call(key=key, by=request.user, at=now)
    return JsonResponse({"version": version, "saved_at": clock_time(now)})


@requires("inquiries.log_inquiry")
@require_POST
@answers_script
def finish(request, key):
    """The contact is written down; what is missing is said at its field, and the draft stays."""
    is_script = request.content_type == "application/json"
    sent = told_by_script(request) if is_script else told_by_form(request)
    typed, now = with_number(sent["typed"]), timezone.now()
    try:
        draft, _is_new = actions.open_draft(key=key, by=request.user, at=now, typed=typed)
        if sent["ended"]:
            actions.end_call(key=key, by=request.user, at=now)
        inquiry = actions.finish_inquiry(
            key=key,
            typed=typed,
            version=sent["version"] or draft.version,
            by=request.user,
            at=now,
            attempts=sent["attempts"],
        )
    except InquiryNotComplete as refused:
        return refused_answer(request, key, refused, is_script)
    except AlreadyFinished as done:
        inquiry = done.inquiry
    return finished_answer(request, inquiry, is_script)


@requires("inquiries.log_inquiry")
@require_POST
def discard(request, key):
    """Throw the draft away; it can be taken back until the sweep takes it."""
    try:
        actions.discard_draft(key=key, by=request.user, at=timezone.now())
    except DraftGone:
        return redirect(place_after(request, key))
    offer_undo(
        request, _("The draft is thrown away."), to=reverse("workspace:restore_call"), key=key
    )
    place = reverse("workspace:my_day")
    return (
        JsonResponse({"go_to": place})
        if request.headers.get("Accept") == "application/json"
        else redirect(place)
    )


@requires("inquiries.log_inquiry")
@require_POST
def restore(request):
    """Take a throwing away back."""
    return taken_back(request, actions.restore_draft)


@requires("inquiries.log_inquiry")
@require_POST
def undo_finish(request):
    """Take a finish back: the contact is a draft again, as it was."""
    return taken_back(request, actions.undo_finish)


def taken_back(request, action):
    try:
        key = UUID(request.POST.get("key", ""))
        action(key=key, by=request.user, at=timezone.now())
    except ValueError as error:
        raise BadRequest from error
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect(place_after(request, key))
    return redirect("workspace:call_draft", key=key)


def told_by_script(request):
    """What the page's script sends: the fields, the version that it saw, the names of its attempts.

    Raises BadRequest or TypedBySomebodyElse.
    """
    try:
        sent = json.loads(request.body)
        typed, version = kept(sent["typed"]), sent["version"]
        attempts = [str(name)[:LONGEST_NAME] for name in sent.get("attempts") or []]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(version, int | None):
        raise BadRequest
    if str(sent.get("user", "")) not in {"", str(request.user.pk)}:
        raise TypedBySomebodyElse
    return {
        "typed": typed,
        "version": version,
        "ended": sent.get("ended") is True,
        "attempts": attempts[-MOST_ATTEMPTS:],
        "to": str(sent.get("to", "")),
    }


def told_by_form(request):
    return {"typed": request.POST.dict(), "version": None, "ended": False, "attempts": []}


def refused_answer(request, key, refused, is_script):
    draft = InquiryDraft.objects.of(request.user).get(key=key)
    context = context_of(request, draft)
    context["form"].take_errors(refused)
    if not is_script:
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


def finished_answer(request, inquiry, is_script):
    sentence = format_html(
        '<a href="{}">{}</a> {}',
        reverse("inquiries:show", args=[inquiry.pk]),
        inquiry.number,
        _("is saved."),
    )
    offer_undo(request, sentence, to=reverse("workspace:undo_finish"), key=inquiry.key)
    place = place_next(request, inquiry)
    return (
        JsonResponse({"number": inquiry.number, "go_to": place}) if is_script else redirect(place)
    )


def place_next(request, inquiry):
    """Who asked for access gets a case at once, what tier I cannot solve a ticket; else the day goes on."""
    if inquiry.outcome == Outcome.ACCESS_PAPERS and request.user.has_perm("documents.change_case"):
        return f"{reverse('documents:start')}?{urlencode({'inquiry': inquiry.pk})}"
    if inquiry.outcome == Outcome.TICKET and request.user.has_perm("tickets.raise_ticket"):
        return f"{reverse('tickets:new')}?{urlencode({'inquiry': inquiry.pk})}"
    return reverse("workspace:my_day")


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
