from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import LinePeriod, LineState, User
from common.actions import publish_event
from common.refusals import Refusal


class ReasonNeeded(Refusal):
    """A colleague's state is corrected by saying why."""

    code = "reason_needed"
    sentence = _("Write why the state of a colleague is corrected.")


def set_line_state(
    *, user: User, state: LineState | None, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Somebody becomes ready for calls, goes on a break or away, or leaves the line (no state).

    1. A colleague's state is corrected only with a reason.
    2. Lock the person; the same state once more changes nothing.
    3. End the period under way and begin the next.
    4. The person's own row says the same, for the top bar and the directory.
    5. Tell the open pages.

    Raises ReasonNeeded.
    """
    if by is not None and by.pk != user.pk and not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if person.line_state != (state or ""):
            LinePeriod.objects.under_way().filter(user=person).update(ended_at=at)
            if state:
                LinePeriod.objects.create(
                    user=person, state=state, began_at=at, set_by=by, reason=reason.strip()[:200]
                )
            write_on_row(person, state, at)
            publish_event(kind="line-changed", about=person, at=at)
    user.refresh_from_db(fields=["line_state", "line_since", "away_since"])


def write_on_row(person: User, state: LineState | None, at: datetime) -> None:
    person.line_state = state or ""
    person.line_since = at if state else None
    person.away_since = at if state == LineState.AWAY else None
    person.save(update_fields=["line_state", "line_since", "away_since"])
