"""What a unit was asked: its list and answer page after signing in, and the page behind the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import record_access
from common.actions import LinkNotValid
from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.letter_forms import UnitAnswerForm
from inquiries.models import LetterKind, UnitRequest
from inquiries.queries import questions_to_units
from inquiries.views.letters import sent_file

PERMISSION = "inquiries.answer_for_unit"
LANGUAGE = "et"  # the unit's mail is written in it, so its page opens in it
# What the unit sees of the thread: the client's letters and what it was asked. Not other notes.
SHOWN = (LetterKind.INCOMING, LetterKind.TO_UNIT)


@requires(PERMISSION)
@require_safe
def unit_requests(request):
    """Letters to my unit, the most pressing first."""
    today = timezone.localdate()
    rows = list(questions_to_units(by=request.user))
    record_access(
        what="inquiry.unit_requests",
        by=request.user,
        at=timezone.now(),
        result_count=len(rows),
    )
    context = {"rows": [(row, row.is_late_on(today)) for row in rows]}
    return render(request, "inquiries/unit_requests.html", context)


@requires(PERMISSION)
def unit_answer(request, pk):
    asked = get_object_or_404(
        UnitRequest.objects.visible_to(request.user).select_related("inquiry", "unit"), pk=pk
    )
    if not asked.inquiry.is_readable_by(request.user, timezone.localdate()):
        raise PermissionDenied
    form = UnitAnswerForm(
        request.POST or None, request.FILES or None, initial={"name": str(request.user)}
    )
    if form.is_valid() and answered(asked, form, request.user):
        messages.success(request, _("The answer is with the agent who asked."))
        return redirect("inquiries:unit_requests")
    record_access(what="inquiry.view", by=request.user, at=timezone.now(), subject=asked.inquiry)
    return unit_page(request, asked, form)


@login_not_required  # whoever holds the link in our mail to the head of the unit
@never_cache
@require_http_methods(["GET", "POST"])
def unit_link(request, token):
    asked = _opened(token)
    if asked is None:
        with translation.override(LANGUAGE):
            return render(request, "inquiries/unit_link_over.html", status=410)
    translation.activate(LANGUAGE)
    form = UnitAnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid() and answered(asked, form, None):
        return render(request, "inquiries/unit_answered.html", {"asked": asked})
    return unit_page(request, asked, form, token=token)


@login_not_required  # whoever holds the link in our mail to the head of the unit
@never_cache
@require_safe
def unit_link_file(request, token, pk):
    asked = _opened(token)
    if asked is None:
        raise Http404
    for letter in _shown(asked):
        stored = letter.files.filter(pk=pk).first()
        if stored is not None:
            return sent_file(stored)
    raise Http404


def _opened(token):
    try:
        asked = actions.open_unit_link(token=token, at=timezone.now())
    except LinkNotValid:
        return None
    return asked if asked.is_open else None


def answered(asked, form, by):
    typed = form.cleaned_data
    try:
        actions.answer_for_unit(
            request=asked,
            name=typed["name"],
            text=typed["text"],
            files=[typed["file"]] if typed["file"] else [],
            by=by,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _shown(asked):
    letters = asked.inquiry.letters.filter(kind__in=SHOWN).prefetch_related("files")
    others = letters.filter(kind=LetterKind.TO_UNIT).exclude(pk=asked.question_id)
    return letters.exclude(pk__in=others.values("pk")).order_by("at", "pk")


def unit_page(request, asked, form, token=""):
    context = {
        "asked": asked,
        "inquiry": asked.inquiry,
        "letters": _shown(asked),
        "form": form,
        "token": token,
        "is_late": asked.is_late_on(timezone.localdate()),
    }
    return render(
        request, "inquiries/unit_answer.html", context, status=422 if form.errors else 200
    )
