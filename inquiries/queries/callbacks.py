from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from accounts.models import User
from common.clock import working_clock
from inquiries.models import Inquiry
from inquiries.queries.listing import rows_of_list

TRIES_BEFORE_A_LETTER = 3


@dataclass(frozen=True)
class WaitingCallback:
    """A promise to call back, and how it stands."""

    inquiry: Inquiry
    tries: int
    is_late: bool
    is_urgent: bool  # not late yet, but soon: red before it is too late

    @property
    def needs_a_letter(self) -> bool:
        return self.tries >= TRIES_BEFORE_A_LETTER


def waiting_callbacks(
    *, by: User, at: datetime, is_mine: bool = False, limit: int = 200
) -> list[WaitingCallback]:
    """Return the promises that this person sees, the earliest due first."""
    rows = rows_of_list(Inquiry.objects.visible_to(by).waiting_for_callback())
    if is_mine:
        rows = rows.filter(responsible=by)
    clock = working_clock()
    waiting = []
    for inquiry in rows.annotate(tries=Count("callback_tries"))[:limit]:
        due = inquiry.callback_due_at or at
        left = clock.hours_between(at, due)
        waiting.append(
            WaitingCallback(
                inquiry,
                inquiry.tries,
                is_late=due <= at,
                is_urgent=due > at and left <= settings.CALLBACK_WARNING_HOURS,
            )
        )
    return waiting
