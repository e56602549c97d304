from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import record_access
from clients.phones import spoken_phone
from common.auth import requires
from inquiries.models import Inquiry
from inquiries.queries import steps_of
from inquiries.states import MOVES, InquiryState

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
)


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
        "offered": offered_to(request.user, inquiry) if is_readable else set(),
    }
    if is_readable:
        context |= {
            "corrections": inquiry.corrections.select_related("by", "told_by", "source_version"),
            "tries": inquiry.callback_tries.select_related("by"),
            "earlier": earlier_of(inquiry),
            "later": inquiry.follow_ups.select_related("topic").order_by("started_at", "pk"),
            "steps": steps_of(inquiry),
        }
    return render(request, "inquiries/show.html", context)


def restriction_mark(inquiry):
    """The marking as the law words it, in Estonian in every language of the page."""
    first = inquiry.history.filter(is_restricted=True).order_by("history_date").first()
    made_on = timezone.localdate(first.history_date if first else inquiry.wrapped_up_at)
    return (
        f"Teabevaldaja: {settings.AGENCY['name']}. Märge tehtud: {made_on:%d.%m.%Y}. "
        f"Kehtib kuni: {inquiry.restricted_until:%d.%m.%Y}. Alus: {inquiry.restriction_basis}"
    )


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
    if may_change and inquiry.is_open:
        offered.add("settle")
    offered |= {name for name in ("close", "reopen") if may_change and MOVES.allows(name, state)}
    if may_change and state == InquiryState.CALLBACK:
        offered |= {"record_try", "move_callback"}
    if inquiry.is_open and inquiry.responsible_id != user.pk:
        offered |= {"take_over"} if user.has_perm("inquiries.take_over_inquiry", inquiry) else set()
    return offered
