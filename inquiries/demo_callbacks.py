"""Callbacks that are promised now, whatever the day and hour: what a visitor of the demo sees waiting."""

from datetime import datetime, timedelta

from accounts.models import User
from common.clock import working_clock
from inquiries.models import CallbackTry, Inquiry
from inquiries.states import InquiryState, Outcome

# Whose promise, open hours until it is due (before now: late), and how often it was tried in vain.
PROMISES = (
    ("specialist", -1.0, 0),
    ("coordinator", 1.0, 0),
    ("specialist", 5.0, 0),
    ("coordinator", 9.0, 0),
    ("specialist", 6.0, 2),
)


def promise_callbacks(*, at: datetime) -> int:
    """Turn the latest calls of known callers into promises to call back; return how many wait."""
    made = Inquiry.objects.filter(state=InquiryState.SOLVED, channel="phone", client__isnull=False)
    calls = list(made.exclude(caller_number="").order_by("-started_at")[: len(PROMISES)])
    for place, (inquiry, promise) in enumerate(zip(calls, PROMISES, strict=False)):
        role, hours, tries = promise
        agent = _agent(role, place)
        if agent is None:
            continue
        Inquiry.objects.filter(pk=inquiry.pk).update(
            agent=agent,
            responsible=agent,
            outcome=Outcome.CALLBACK,
            state=InquiryState.CALLBACK,
            callback_number=inquiry.caller_number,
            callback_due_at=_due(at, hours),
        )
        for number in range(tries):
            tried_at = max(inquiry.wrapped_up_at, at - timedelta(hours=2 * (tries - number)))
            CallbackTry.objects.create(
                inquiry=inquiry,
                at=tried_at,
                by=agent,
                result=CallbackTry.Result.NO_ANSWER,
                number=inquiry.caller_number,
            )
    return Inquiry.objects.waiting_for_callback().count()


def _due(at: datetime, hours: float) -> datetime:
    if hours < 0:
        return at + timedelta(hours=hours)
    return working_clock().add_hours(at, hours)


def _agent(role: str, place: int) -> User | None:
    people = list(User.objects.filter(role_assignments__role=role, is_active=True).order_by("pk"))
    return people[place % len(people)] if people else None
