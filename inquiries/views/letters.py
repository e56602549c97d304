"""Steps with one letter, each a page with a short form that leads back to the inquiry."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from accounts.models import Unit, User
from common.auth import requires
from common.models import StoredFile
from common.refusals import Refusal
from inquiries import actions
from inquiries.choices import answering_agents
from inquiries.letter_forms import (
    AskUnitForm,
    AssignForm,
    NewLetterForm,
    NoteForm,
    RegisterForm,
)
from inquiries.models import Channel, Inquiry, Letter, UnitRequest
from inquiries.queries import standing_extension, suggested_agents
from inquiries.views.lapsed_term import tell_if_lapsed
from inquiries.views.letter_step import step_page, stepped
from inquiries.views.moves import changeable

ANSWER = "inquiries.answer_letter"
FILED_AT = dt.time(12, 0)  # a letter on paper has a day, not an hour


@requires("inquiries.register_letter")
def new(request):
    """A letter that came on paper is written down, with its scan."""
    form = NewLetterForm(
        request.POST or None,
        request.FILES or None,
        initial={"key": uuid.uuid4(), "received_on": timezone.localdate(), "language": "et"},
    )
    if form.is_valid():
        inquiry = _written_down(form.cleaned_data, request.user)
        messages.success(request, _("The letter is %(number)s.") % {"number": inquiry.number})
        if Inquiry.objects.visible_to(request.user).filter(pk=inquiry.pk).exists():
            return redirect("inquiries:show", pk=inquiry.pk)
        return redirect("inquiries:new_letter")
    return render(
        request, "inquiries/new_letter.html", {"form": form}, status=422 if form.errors else 200
    )


def _written_down(typed, by):
    now = timezone.now()
    received_on = typed["received_on"]
    received_at = timezone.make_aware(dt.datetime.combine(received_on, FILED_AT))
    letter = actions.receive_letter(
        channel=Channel.POST,
        sender_name=typed["sender_name"],
        sender_address=typed["sender_address"],
        subject=typed["subject"],
        text=typed["text"],
        files=[typed["scan"]],
        received_at=received_at,
        message_id=known_by(typed),
        language=typed["language"],
        legal_kind=typed["legal_kind"],
        register_number=typed["register_number"],
        by=by,
        at=now,
    )
    return letter.inquiry


def known_by(typed):
    """The same form sent twice is one letter; whoever goes back and writes down the next has another."""
    if typed["key"] is None:
        return ""
    said = [typed[name] for name in ("sender_name", "sender_address", "subject", "text")]
    said += [typed["received_on"].isoformat(), typed["scan"].sha256]
    return f"<paper.{uuid.uuid5(typed['key'], chr(0).join(said))}@servicedesk.invalid>"


@requires("inquiries.take_over_inquiry")
@require_POST
def take(request, pk):
    inquiry = changeable(request, pk, "inquiries.take_over_inquiry")
    try:
        actions.take_letter(inquiry=inquiry, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This is yours now."))
    return redirect("inquiries:show", pk=pk)


@requires(ANSWER)
def hand_over(request, pk):
    """Pass a letter to a colleague; those whose topic it is stand first."""
    inquiry = letter_to_assign(request, pk)
    people = list(answering_agents())
    suggested = suggested_agents(inquiry, people)
    last = len(suggested)
    people.sort(key=lambda one: suggested.index(one.pk) if one.pk in suggested else last)
    form = AssignForm(request.POST or None, people=people)
    if form.is_valid():
        to = get_object_or_404(User.objects.all(), pk=form.cleaned_data["to"])
        actions.assign_letters(inquiries=[inquiry], to=to, by=request.user, at=timezone.now())
        messages.success(request, _("The letter is with %(who)s now.") % {"who": to})
        return redirect("inquiries:show", pk=pk)
    suggestion = next((one for one in people if one.pk in suggested), None)
    words = (
        _("By topic it would be for %(who)s.") % {"who": suggestion}
        if suggestion
        else _("Nobody is responsible for its topic by name.")
    )
    return step_page(request, inquiry, form, _("Assign"), words)


def letter_to_assign(request, pk):
    """One's own letter may be passed on by whoever has it; any other by whoever assigns letters."""
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
    is_own = inquiry.responsible_id == request.user.pk
    if not is_own and not request.user.has_perm("inquiries.assign_letter"):
        raise PermissionDenied
    return inquiry


@requires(ANSWER)
def register(request, pk):
    """The number and day that the agency's document register has given."""
    inquiry = changeable(request, pk, ANSWER)
    kept = {
        "register_number": inquiry.register_number,
        "registered_on": inquiry.registered_on,
        "legal_kind": inquiry.legal_kind,
    }
    form = RegisterForm(request.POST or None, initial=kept)
    extension = standing_extension(inquiry)

    def step(typed, at):
        registered = actions.register_letter(inquiry=inquiry, by=request.user, at=at, **typed)
        tell_if_lapsed(request, extension, before=inquiry, after=registered)

    words = (
        _("The term was extended to %(day)s. With another legal kind that counts no more.")
        % {"day": f"{extension.answer_by:%d.%m.%Y}"}
        if extension
        else ""
    )
    return stepped(request, inquiry, form, step, _("Register"), words, _("The number is kept."))


@requires(ANSWER)
def ask_unit(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    form = AskUnitForm(request.POST or None, initial={"unit": inquiry.owner_unit_id})

    def step(typed, at):
        unit = get_object_or_404(Unit, pk=typed["unit"])
        actions.ask_unit(
            inquiry=inquiry,
            unit=unit,
            text=typed["text"],
            address=typed["address"],
            by=request.user,
            at=at,
        )

    words = _(
        "The head of the unit gets a mail with a link; what is asked and answered stays between us."
    )
    return stepped(
        request, inquiry, form, step, _("Forward to a unit"), words, _("The unit has been asked.")
    )


@requires(ANSWER)
@require_POST
def recall(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    asked = get_object_or_404(UnitRequest.objects.open(), inquiry=inquiry)
    try:
        actions.recall_from_unit(request=asked, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The question is called back."))
    return redirect("inquiries:show", pk=pk)


@requires(ANSWER)
@require_POST
def note(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.note_inside(
            inquiry=inquiry, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("The note is kept."))
    else:
        messages.error(request, _("Write something first."))
    return redirect("inquiries:show", pk=pk)


@requires("inquiries.view_inquiry")
@require_safe
def file(request, letter_pk, pk):
    """A file of a letter, for those who may read the inquiry; the opening is noted."""
    letter = get_object_or_404(
        Letter.objects.visible_to(request.user).select_related("inquiry"), pk=letter_pk
    )
    if not letter.inquiry.is_readable_by(request.user, timezone.localdate()):
        raise PermissionDenied
    stored = get_object_or_404(letter.files, pk=pk)
    record_access(
        what="inquiry.letter_file",
        by=request.user,
        at=timezone.now(),
        subject=letter.inquiry,
    )
    return sent_file(stored)


def sent_file(stored: StoredFile):
    """Always as a download: what somebody sent us is not shown inside our pages."""
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=stored.original_name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
