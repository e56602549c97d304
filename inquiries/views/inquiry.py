from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import record_access
from clients.phones import spoken_phone
from common.auth import requires
from inquiries.letter_forms import NoteForm
from inquiries.models import Inquiry
from inquiries.queries import (
    extended_to,
    forward_by,
    is_registered_late,
    passings_of,
    promise_of,
    refused_files,
    steps_of,
)
from inquiries.queries.phone_calls import calls_of
from inquiries.states import MOVES, InquiryState
from knowledge.languages import reader_language
from knowledge.scripts import walked

SHOWN_WITH = (
    "client",
    "topic",
    "main_topic",
    "owner_unit",
    "agent",
    "responsible",
    "source_version",
    "referral_body",
    "follow_up_of__follow_up_of__follow_up_of",
    "mentions",
    "answer_draft",
    "past",
)

SEE_CALLS = "inquiries.view_phone_call"


@requires("inquiries.view_inquiry")
@require_safe
def show(request, pk):
    inquiry = get_object_or_404(
        Inquiry.objects.visible_to(request.user).select_related(*SHOWN_WITH), pk=pk
    )
    now, today = timezone.now(), timezone.localdate()
    is_readable = inquiry.is_readable_by(request.user, today)
    record_access(what="inquiry.view", by=request.user, at=now, subject=inquiry)
    context = {
        "inquiry": inquiry,
        "is_readable": is_readable,
        "restriction": restriction_mark(inquiry) if inquiry.is_restricted_on(today) else "",
        "callback_number": spoken_phone(inquiry.callback_number),
        "caller": spoken_phone(inquiry.caller_number),
        "is_late": inquiry.is_open and inquiry.answer_by and inquiry.answer_by < today,
        "recording": inquiry.recording_on(today),
        "past": getattr(inquiry, "past", None),
        "offered": offered_to(request.user, inquiry) if is_readable else set(),
    }
    if is_readable:
        passings = [] if inquiry.is_written else passings_of(inquiry)
        tickets = tickets_of(inquiry, request.user)
        is_with_tier2 = inquiry.state == InquiryState.WITH_TIER2
        context |= {
            "tickets": tickets,
            "needs_ticket": is_with_tier2 and not tickets and "ticket" in context["offered"],
            "passings": [passing for passing in passings if not passing.taken_back_at],
            "corrections": inquiry.corrections.select_related("by", "told_by", "source_version"),
            "promise": promise_of(inquiry, by=request.user, at=now)
            if inquiry.callback_due_at
            else None,
            "earlier": earlier_of(inquiry),
            "later": inquiry.follow_ups.select_related("topic").order_by("started_at", "pk"),
            "steps": steps_of(inquiry, passings),
            "script": walked(inquiry.script_path, language=reader_language()),
            "calls": calls_of(inquiry) if request.user.has_perm(SEE_CALLS) else [],
            **thread_of(inquiry, today),
        }
    template = "inquiries/show.html"
    return render(request, f"{template}#thread" if request.htmx else template, context)


def restriction_mark(inquiry):
    """The marking as the law words it, in Estonian in every language of the page."""
    first = inquiry.history.filter(is_restricted=True).order_by("history_date").first()
    made_on = timezone.localdate(first.history_date if first else inquiry.wrapped_up_at)
    return (
        f"Teabevaldaja: {settings.AGENCY['name']}. Märge tehtud: {made_on:%d.%m.%Y}. "
        f"Kehtib kuni: {inquiry.restricted_until:%d.%m.%Y}. Alus: {inquiry.restriction_basis}"
    )


def tickets_of(inquiry, user):
    """What was handed to tier II from it, as far as this person sees tickets."""
    if not user.has_perm("tickets.view_ticket"):
        return []
    return list(inquiry.tickets.visible_to(user).exclude(state="cancelled").order_by("pk"))


def earlier_of(inquiry):
    """The chain that this one follows, the nearest first, as far as it was loaded."""
    chain: list[Inquiry] = []
    one = inquiry.follow_up_of
    while one is not None and len(chain) < 3:
        chain.append(one)
        one = one.follow_up_of if len(chain) < 3 else None
    return chain


def offered_to(user, inquiry):
    """The steps that the state and the person's permissions allow, by name."""
    state = InquiryState(inquiry.state)
    may_change = user.has_perm("inquiries.change_inquiry", inquiry)
    offered = {"change", "correct"} if may_change else set()
    if may_change and inquiry.is_open and state != InquiryState.RECEIVED:
        offered.add("settle")
    offered |= {name for name in ("close", "reopen") if may_change and MOVES.allows(name, state)}
    if state == InquiryState.CALLBACK:
        offered |= {"move_callback"} if may_change else set()
        offered |= ways_to_keep(user, inquiry)
    if inquiry.is_open and inquiry.responsible_id != user.pk:
        may_take = user.has_perm("inquiries.take_over_inquiry", inquiry)
        way = "take" if state == InquiryState.RECEIVED else "take_over"
        offered |= {way} if may_take else set()
    offered |= {"ticket"} if user.has_perm("tickets.raise_ticket") else set()
    return offered | steps_with_letter(user, inquiry, state)


def ways_to_keep(user, inquiry):
    """How a promise of a callback is kept: by calling, else in writing."""
    ways = set()
    if user.has_perm("inquiries.keep_callback", inquiry):
        ways |= {"call_back", "record_try", "change_number"}
    if user.has_perm("inquiries.answer_letter", inquiry):
        ways.add("write")
    return ways


def steps_with_letter(user, inquiry, state):
    """What may be done with a letter: by whoever has it, and by those who hand letters out."""
    if not inquiry.is_written:
        return set()
    is_own = inquiry.responsible_id == user.pk
    offered = set()
    if inquiry.is_open and (is_own or user.has_perm("inquiries.assign_letter", inquiry)):
        offered.add("hand_over")
    if not user.has_perm("inquiries.answer_letter", inquiry):
        return offered
    offered |= {"note", "register"}
    if MOVES.allows("solve", state):
        offered.add("answer")
    for step, move in (
        ("ask_unit", "forward_to_unit"),
        ("send_on", "refer_out"),
        ("leave_unanswered", "leave_unanswered"),
    ):
        offered |= {step} if MOVES.allows(move, state) else set()
    return offered | ({"extend"} if extended_to(inquiry) else set())


def thread_of(inquiry, today):
    """The letters, the latest first, and what stands beside them; nothing for a call."""
    letters = list(
        inquiry.letters.select_related("written_by", "mail", "read_for_quality_by")
        .prefetch_related("files")
        .order_by("-at", "-pk")
    )
    if not letters and not inquiry.is_written:
        return {}
    asked = inquiry.unit_requests.open().select_related("unit", "asked_by").first()
    return {
        "thread": letters,
        "refused_files": refused_files(letters),
        "asked": asked,
        "is_unit_late": asked is not None and asked.is_late_on(today),
        "extension": inquiry.term_extensions.select_related("by", "notice").order_by("-at").first(),
        "unanswered": inquiry.left_unanswered.select_related("ground", "by").last(),
        "leaving": next((letter for letter in letters if letter.is_leaving), None),
        "draft": getattr(inquiry, "answer_draft", None),
        "note_form": NoteForm(),
        "is_unregistered": is_registered_late(inquiry, today),
        "forward_by": forward_by(inquiry, settings.FORWARD_WITHIN_DAYS),
    }
