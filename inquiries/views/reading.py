"""The pages on which a second person reads an answer before it leaves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.auth import requires
from common.refusals import Refusal
from inquiries import actions
from inquiries.letter_forms import AnswerForm, RemarkForm
from inquiries.models import AnswerDraft
from inquiries.queries import answers_to_read
from inquiries.views.answer import number_of
from inquiries.views.moves import changeable


@requires("inquiries.read_for_quality")
def read(request, pk):
    """A second person reads an answer before it leaves, and lets it go or says what is wrong."""
    inquiry = changeable(request, pk, "inquiries.read_for_quality")
    draft = get_object_or_404(AnswerDraft, inquiry=inquiry)
    is_passed = request.POST.get("act") == "pass"
    form = RemarkForm(request.POST if request.method == "POST" and not is_passed else None)
    if is_passed or form.is_valid():
        try:
            _judge(draft, request, form)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The writer has been told."))
        return redirect("inquiries:reading")
    context = {
        "inquiry": inquiry,
        "draft": draft,
        "shown": AnswerForm(draft.typed),
        "form": form,
        "thread": inquiry.letters.prefetch_related("files").order_by("-at", "-pk"),
        "files": draft.files.order_by("pk"),
    }
    return render(
        request, "inquiries/read_answer.html", context, status=422 if form.errors else 200
    )


def _judge(draft, request, form):
    by, at = request.user, timezone.now()
    if not form.is_bound:
        version = number_of(request.POST.get("version", ""))
        return actions.pass_answer(draft=draft, version=version, by=by, at=at)
    remark = form.cleaned_data["remark"]
    return actions.return_answer(draft=draft, remark=remark, by=by, at=at)


@requires("inquiries.read_for_quality")
def reading(request):
    """Answers that wait for a second reader."""
    drafts = answers_to_read(by=request.user)
    return render(request, "inquiries/reading.html", {"drafts": drafts})
