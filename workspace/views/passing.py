"""A contact goes on with a colleague; and colleagues looked up beside it."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from common.auth import requires
from common.refusals import Refusal
from common.undo import offer_undo
from inquiries import actions
from inquiries.models import InquiryDraft
from inquiries.states import Outcome
from inquiries.typed import is_id
from workspace.queries.colleagues import colleagues_to_pass_to, staff_at_hand
from workspace.typed import with_number
from workspace.views.call import place_after
from workspace.views.call_steps import (
    answers_script,
    clock_time,
    taken_back,
    told_by_form,
    told_by_script,
)

NOW, CALLBACK = "now", "callback"


@requires("inquiries.log_inquiry")
@require_POST
def colleagues(request):
    """Those who fit what was typed, for the chooser."""
    return render(request, "workspace/call/colleagues.html", offered(request, request.POST))


@requires("accounts.view_directory")
@require_POST
def staff(request):
    """Who deals with the topic of the contact, with phone and whether present."""
    text = request.POST.get("text", "").strip()
    found = staff_at_hand(
        at=timezone.now(),
        text=text,
        topic_id=request.POST.get("of_topic", ""),
        county=request.POST.get("of_county", ""),
    )
    return render(request, "workspace/call/staff.html", {"found": found, "text": text})


@requires("inquiries.log_inquiry")
@require_http_methods(["GET", "POST"])
@answers_script
def pass_call(request, key):
    """A colleague who is ready gets the contact as it is, at once."""
    if request.method == "GET":
        return choosing(request, key)
    if request.content_type != "application/json":
        return passed_by_form(request, key)
    sent = told_by_script(request)
    try:
        to = colleague_of(sent["to"])
        actions.pass_draft(
            key=key,
            to=to,
            typed=with_number(sent["typed"]),
            version=sent["version"],
            attempts=sent["attempts"],
            by=request.user,
            at=timezone.now(),
        )
    except (NobodyChosen, *NOT_PASSED) as refused:
        return not_passed(request, key, refused)
    say_passed(request, key, to)
    return JsonResponse({"go_to": reverse("workspace:my_day")})


@requires("inquiries.log_inquiry")
@require_POST
def take_back_call(request):
    """Take a passing back: the contact is one's own again."""
    return taken_back(request, actions.take_back_draft)


class NobodyChosen(Refusal):
    code = "nobody_chosen"
    sentence = gettext_lazy("Choose a colleague.")


NOT_PASSED = (actions.ColleagueNotReady, actions.ColleagueIsFull, actions.NothingToPass)


def passed_by_form(request, key):
    """Without scripts: first the whole call form comes, to be kept; then whom one has chosen."""
    now = timezone.now()
    if "chooser" not in request.POST:
        typed = with_number(told_by_form(request)["typed"])
        draft, is_new = actions.open_draft(key=key, by=request.user, at=now, typed=typed)
        if not is_new:
            keep(request, draft, typed)
        return redirect("workspace:pass_call", key=key)
    way, _dash, chosen = request.POST.get("to", "").partition("-")
    try:
        to = colleague_of(chosen)
        if way == CALLBACK:
            return promised(request, key, to)
        actions.pass_draft(key=key, to=to, by=request.user, at=now)
    except (NobodyChosen, *NOT_PASSED) as refused:
        return choosing(request, key, problem=str(refused), status=422)
    say_passed(request, key, to)
    return redirect("workspace:my_day")


def promised(request, key, to):
    """The draft says who calls back; its page asks for number and time, as for any callback."""
    draft = InquiryDraft.objects.of(request.user).filter(key=key).first()
    if draft is None:
        return redirect(place_after(request, key))
    promise = {
        "outcome": Outcome.CALLBACK.value,
        "callback_by": str(to.pk),
        "callback_by_name": str(to),
    }
    keep(request, draft, {**draft.typed, **promise})
    return redirect("workspace:call_draft", key=key)


def keep(request, draft, typed):
    actions.save_draft(
        key=draft.key, version=draft.version, typed=typed, by=request.user, at=timezone.now()
    )


def choosing(request, key, *, problem="", status=200):
    """The chooser as a page of its own."""
    draft = InquiryDraft.objects.of(request.user).filter(key=key).first()
    if draft is None:
        return redirect(place_after(request, key))
    context = {
        **offered(request, {**draft.typed, "text": request.POST.get("text", "")}),
        "draft": draft,
        "problem": problem,
    }
    return render(request, "workspace/call/pass.html", context, status=status)


def not_passed(request, key, refused):
    """Why not, in the chooser; what was typed is kept."""
    draft = InquiryDraft.objects.of(request.user).get(key=key)
    context = {**offered(request, draft.typed), "problem": str(refused)}
    return JsonResponse(
        {
            "version": draft.version,
            "saved_at": clock_time(timezone.now()),
            "chooser": render_to_string("workspace/call/colleagues.html", context, request),
        },
        status=422,
    )


def offered(request, asked):
    text = str(asked.get("text", "")).strip()
    found = colleagues_to_pass_to(
        by=request.user,
        at=timezone.now(),
        text=text,
        topic_id=str(asked.get("topic", "")),
        county=str(asked.get("county", "")),
    )
    return {"colleagues": found, "text": text}


def colleague_of(pk):
    colleague = User.objects.filter(pk=pk, is_active=True).first() if is_id(pk) else None
    if colleague is None:
        raise NobodyChosen
    return colleague


def say_passed(request, key, to):
    sentence = _("The contact goes on with %(name)s.") % {"name": to}
    offer_undo(request, sentence, to=reverse("workspace:take_back_call"), key=key)
