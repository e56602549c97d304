"""The page on which a letter is answered."""

import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.actions import note_presence
from common.auth import requires
from common.models import StaleSave
from common.queries import presence_line
from common.refusals import Refusal
from inquiries import actions
from inquiries.answering import ANSWER_FIELDS
from inquiries.choices import topics, with_empty
from inquiries.letter_forms import AnswerForm, FileForm
from inquiries.models import AnswerDraft, Letter, LetterTemplate
from inquiries.outgoing import is_address
from inquiries.queries import address_of_client
from inquiries.views.moves import changeable
from inquiries.wording import filled, values_of
from knowledge.models import Phrase, Topic

ANSWER = "inquiries.answer_letter"


@requires(ANSWER)
def answer(request, pk):
    """Write the answer. Without scripts the same form saves, takes a wording, and sends."""
    inquiry = changeable(request, pk, ANSWER)
    if inquiry.letters.leaving().exists():
        return redirect("inquiries:show", pk=pk)
    draft = AnswerDraft.objects.filter(inquiry=inquiry).first()
    if request.method == "POST":
        return _posted(request, inquiry)
    typed = draft.typed if draft else beginning(inquiry, request.user)
    return answer_page(request, inquiry, AnswerForm(typed), draft)


def _posted(request, inquiry):
    form = AnswerForm(request.POST)
    typed, now = form.typed, timezone.now()
    version = number_of(request.POST.get("version", "0"))
    act = request.POST.get("act", "save")
    try:
        if act == "send":
            letter = actions.send_answer(
                inquiry=inquiry, version=version, typed=typed, by=request.user, at=now
            )
            return sent(request, letter)
        if act.startswith("wording:"):
            typed = reworded(inquiry, typed, act.partition(":")[2], request.user)
        draft = actions.save_answer(
            inquiry=inquiry, version=version, typed=typed, by=request.user, at=now
        )
        if act == "ask_reading":
            actions.ask_for_reading(draft=draft, by=request.user, at=now)
            messages.success(request, _("A colleague is asked to read the answer."))
    except StaleSave as stale:
        return answer_page(request, inquiry, form, stale.current, stale=stale)
    except Refusal as refusal:
        form.refuse(refusal)
        kept = AnswerDraft.objects.filter(inquiry=inquiry).first()
        return answer_page(request, inquiry, form, kept)
    return redirect("inquiries:answer", pk=inquiry.pk)


@requires(ANSWER)
@require_POST
def choose_topic(request, pk):
    """The topic of a letter that came without one; the answer goes on where it was."""
    inquiry = changeable(request, pk, ANSWER)
    topic = Topic.objects.for_choice().filter(pk=number_of(request.POST.get("topic", ""))).first()
    if topic is None:
        messages.error(request, _("Choose the topic."))
    else:
        actions.choose_topic(inquiry=inquiry, topic=topic, by=request.user, at=timezone.now())
    return redirect("inquiries:answer", pk=pk)


def sent(request, letter):
    words = _("The answer leaves in %(seconds)s seconds.")
    if letter.is_by_post:
        words = _("The answer is among the letters to post in %(seconds)s seconds.")
    messages.success(
        request,
        format_html(
            '{} <button form="take-back" class="btn btn-s">{}</button>',
            words % {"seconds": settings.ANSWER_UNDO_SECONDS},
            _("Take it back"),
        ),
    )
    return redirect("inquiries:show", pk=letter.inquiry_id)


def answer_page(request, inquiry, form, draft, stale=None):
    note_presence(about=inquiry, by=request.user, at=timezone.now())
    letters = inquiry.letters.select_related("written_by").prefetch_related("files")
    language = form["language"].value() or inquiry.language
    topic = inquiry.topic
    context = {
        "inquiry": inquiry,
        "form": form,
        "draft": draft,
        "version": stale.version if stale else draft.version if draft else 0,
        "stale": stale,
        "thread": letters.order_by("-at", "-pk"),
        "files": draft.files.order_by("pk") if draft else [],
        "file_form": FileForm(),
        "templates": LetterTemplate.objects.filter(kind__in=["answer", "question"], is_active=True),
        "phrases": [
            (phrase.shortcut, phrase.text(language))
            for phrase in Phrase.objects.visible_to(request.user).for_topic(topic)
        ],
        "presence": presence_line(inquiry, request.user, timezone.now()),
        "needs_reader": bool(topic and topic.needs_second_reader),
        "topics": None if topic else with_empty(topics(with_groups=False)),
    }
    status = 409 if stale else 422 if form.is_bound and form._errors else 200
    return render(request, "inquiries/answer.html", context, status=status)


def first_letter(inquiry):
    return inquiry.letters.filter(direction="in").order_by("-at", "-pk").first()


def beginning(inquiry, by):
    """An answer that nobody has begun: to whom, by what way, in which words it opens."""
    letter = first_letter(inquiry)
    address = letter.sender_address if letter else address_of_client(inquiry)
    known = inquiry.client.name if inquiry.client else ""
    typed = {
        "kind": "answer",
        "way": "email" if is_address(address) else "post",
        "language": letter.language if letter else inquiry.language,
        "recipient_name": letter.sender_name if letter else known,
        "recipient_address": address,
        "source_version": "",
        "source_text": inquiry.source_text,
        "subject": "",
        "text": "",
    }
    source = inquiry.topic.default_source(language=typed["language"]) if inquiry.topic else None
    typed["source_version"] = str(source.pk) if source else ""
    template = LetterTemplate.objects.filter(code="answer", is_active=True).first()
    return {**typed, **words_of(template, inquiry, letter, by, typed["language"])}


def words_of(template, inquiry, letter, by, language):
    """Subject and text of a wording, with what is known filled in."""
    if template is None:
        return {}
    shown = letter or Letter(at=inquiry.started_at, subject=inquiry.number)
    values = values_of(inquiry, shown, by=by, language=language)
    return {
        "subject": filled(template.subject(language), values)[:200],
        "text": filled(template.text(language), values),
    }


def reworded(inquiry, typed, code, by):
    """Take another wording; what the person has written of their own stays below it."""
    template = get_object_or_404(LetterTemplate, code=code, is_active=True)
    language = typed["language"] if typed["language"] in ("et", "en", "ru") else inquiry.language
    letter = first_letter(inquiry)
    known = {
        " ".join(words_of(other, inquiry, letter, by, tongue)["text"].split())
        for other in LetterTemplate.objects.filter(kind__in=["answer", "question"])
        for tongue in ("et", "en", "ru")
    }
    new = words_of(template, inquiry, letter, by, language)
    own = typed["text"].strip()
    if own and " ".join(own.split()) not in known:
        new["text"] = f"{new['text'].rstrip()}\n\n{own}"
    return {**typed, **new, "kind": template.kind}


def number_of(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@requires(ANSWER)
@require_POST
def save(request, pk):
    """The page keeps what is typed."""
    inquiry = changeable(request, pk, ANSWER)
    try:
        sent_by_page = json.loads(request.body)
        typed, version = sent_by_page["typed"], int(sent_by_page["version"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    now = timezone.now()
    try:
        draft = actions.save_answer(
            inquiry=inquiry,
            version=version,
            typed={name: typed.get(name, "") for name in ANSWER_FIELDS},
            by=request.user,
            at=now,
        )
    except StaleSave as stale:
        differences = [
            {"name": one.name, "label": one.label, "theirs": one.theirs, "mine": one.mine}
            for one in stale.differences
        ]
        return JsonResponse({"version": stale.version, "differences": differences}, status=409)
    clock = timezone.localtime(now).strftime("%H:%M:%S")
    return JsonResponse({"version": draft.version, "saved_at": clock})


@requires(ANSWER)
@require_POST
def add_file(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    draft = AnswerDraft.objects.filter(inquiry=inquiry).first()
    if draft is None:
        draft = actions.save_answer(
            inquiry=inquiry,
            version=0,
            typed=beginning(inquiry, request.user),
            by=request.user,
            at=timezone.now(),
        )
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        actions.add_answer_file(
            draft=draft, upload=form.cleaned_data["file"], by=request.user, at=timezone.now()
        )
    else:
        for problem in form.errors["file"]:
            messages.error(request, str(problem))
    return redirect("inquiries:answer", pk=pk)


@requires(ANSWER)
@require_POST
def remove_file(request, pk, file_pk):
    inquiry = changeable(request, pk, ANSWER)
    draft = get_object_or_404(AnswerDraft, inquiry=inquiry)
    stored = get_object_or_404(draft.files, pk=file_pk)
    actions.remove_answer_file(draft=draft, file=stored, by=request.user, at=timezone.now())
    return redirect("inquiries:answer", pk=pk)


@requires(ANSWER)
@require_POST
def take_back(request, pk):
    inquiry = changeable(request, pk, ANSWER)
    letter = inquiry.letters.leaving().first()
    if letter is None:
        messages.error(request, _("The letter has left; it cannot be taken back any more."))
        return redirect("inquiries:show", pk=pk)
    try:
        actions.take_back_answer(letter=letter, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("inquiries:show", pk=pk)
    messages.success(request, _("Taken back: the answer has not left."))
    return redirect("inquiries:answer", pk=pk)
