from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client
from clients.queries import find_clients
from common.actions import note_presence
from common.auth import requires
from common.models import StaleSave
from common.queries import others_present
from common.refusals import Refusal
from inquiries import actions
from inquiries.field_refusals import InquiryNotComplete
from inquiries.forms import CorrectionForm, InquiryForm, SettleForm, TellForm
from inquiries.models import Correction, Inquiry
from inquiries.queries import standing_extension
from inquiries.states import Outcome
from inquiries.typed import typed_of
from inquiries.views.lapsed_term import tell_if_lapsed
from inquiries.views.moves import changeable
from knowledge.models import ArticleVersion


@requires("inquiries.change_inquiry")
def change(request, pk):
    inquiry = changeable(request, pk)
    form = InquiryForm(request.POST or None, initial=typed_of(inquiry))
    is_looking = "find_client" in request.POST
    if request.method == "POST" and not is_looking and _changed(request, inquiry, form):
        return redirect("inquiries:show", pk=pk)
    note_presence(about=inquiry, by=request.user, at=timezone.now())
    context = {
        "inquiry": inquiry,
        "form": form,
        "version": _version_to_save(request, inquiry, form),
        "others": others_present(inquiry, request.user, timezone.now()),
        **_client_choice(request, form, is_looking),
    }
    template = "inquiries/change.html"
    if is_looking and request.htmx:
        return render(request, f"{template}#client_choice", context)
    return render(request, template, context, status=422 if form.errors else 200)


def _version_to_save(request, inquiry, form):
    """After a stale save, the version whose text the person has been shown."""
    stale = getattr(form, "stale", None)
    return stale.version if stale else request.POST.get("version", inquiry.version)


def _changed(request, inquiry, form):
    version, extension = request.POST.get("version", ""), standing_extension(inquiry)
    try:
        changed = actions.change_inquiry(
            inquiry=inquiry,
            version=int(version) if version.isdecimal() else 0,
            typed=form.typed,
            by=request.user,
            at=timezone.now(),
        )
    except InquiryNotComplete as refusal:
        form.refuse(refusal)
    except StaleSave as stale:
        form.add_error(None, str(stale))
        form.stale = stale
    else:
        messages.success(request, _("The change is saved."))
        tell_if_lapsed(request, extension, before=inquiry, after=changed)
        return True
    return False


def _client_choice(request, form, is_looking):
    """The client that is chosen, and those found for the text that was typed."""
    chosen = form["client"].value()
    client = Client.objects.visible_to(request.user)
    text = request.POST.get("client_text", "")
    return {
        "chosen_client": client.filter(pk=chosen).first() if str(chosen).isdecimal() else None,
        "client_text": text,
        "matches": find_clients(text, by=request.user) if is_looking else [],
        "is_looking": is_looking,
    }


@requires("inquiries.change_inquiry")
def settle(request, pk):
    inquiry = changeable(request, pk)
    wanted = {"answer": inquiry.answer, "owner_unit": inquiry.owner_unit_id}
    wanted["callback_number"] = inquiry.callback_number or inquiry.caller_number
    form = SettleForm(request.POST or None, inquiry=inquiry, initial=wanted)
    if request.method == "POST":
        try:
            actions.settle_inquiry(
                inquiry=inquiry, typed=form.typed, by=request.user, at=timezone.now()
            )
        except InquiryNotComplete as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The inquiry has moved on."))
            return redirect(_place_after(request.user, pk, form.typed["outcome"]))
    context = {"inquiry": inquiry, "form": form}
    return render(request, "inquiries/settle.html", context, status=422 if form.errors else 200)


def _place_after(user, pk, outcome):
    """What tier I cannot solve goes on as a ticket at once."""
    if outcome == Outcome.TICKET and user.has_perm("tickets.raise_ticket"):
        return f"{reverse('tickets:new')}?inquiry={pk}"
    return reverse("inquiries:show", args=[pk])


@requires("inquiries.change_inquiry")
def correct(request, pk):
    inquiry = changeable(request, pk)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        source = fields.pop("source_version")
        actions.correct_answer(
            inquiry=inquiry,
            source_version=ArticleVersion.objects.get(pk=source) if source else None,
            by=request.user,
            at=timezone.now(),
            **fields,
        )
        messages.success(request, _("The correction is kept."))
        return redirect("inquiries:show", pk=pk)
    context = {"inquiry": inquiry, "form": form}
    return render(request, "inquiries/correct.html", context, status=422 if form.errors else 200)


@requires("inquiries.change_inquiry")
def tell(request, correction_pk):
    visible = Inquiry.objects.visible_to(request.user)
    correction = get_object_or_404(Correction, pk=correction_pk, inquiry__in=visible)
    changeable(request, correction.inquiry_id)
    form = TellForm(request.POST or None)
    if form.is_valid():
        actions.tell_correction(
            correction=correction, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Noted: the client knows the correct answer."))
        return redirect("inquiries:show", pk=correction.inquiry_id)
    context = {"correction": correction, "inquiry": correction.inquiry, "form": form}
    return render(request, "inquiries/tell.html", context, status=422 if form.errors else 200)
