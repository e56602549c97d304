from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.actions.set_line_state import set_line_state
from accounts.models import LinePeriod, LineState, User

UNSEEN_FOR = timedelta(hours=4)  # the longest that somebody may sit without opening a page
MOST_AT_ONCE = 500


def begin_after_call(*, user: User, at: datetime) -> None:
    """A call of this person has ended.

    1. Whoever is ready now writes it down; a break or an absence stays what it is.
    """
    if user.line_state == LineState.READY:
        set_line_state(user=user, state=LineState.AFTER_CALL, by=None, at=at)


def end_after_call(*, user: User, at: datetime) -> None:
    """What there was to write down after a call is written.

    1. Whoever was at it is ready again.
    """
    if user.line_state == LineState.AFTER_CALL:
        set_line_state(user=user, state=LineState.READY, by=None, at=at)


def resume_after_call(*, user: User, ended_at: datetime, at: datetime) -> None:
    """What was written down after a call is taken back, to be written anew.

    1. Whoever became ready at that very end, and has been since, is at it again.
    """
    was_at_it = LinePeriod.objects.filter(
        user=user, state=LineState.AFTER_CALL, ended_at=ended_at
    ).exists()
    ready_since = LinePeriod.objects.under_way().filter(
        user=user, state=LineState.READY, began_at=ended_at
    )
    if was_at_it and ready_since.exists():
        set_line_state(user=user, state=LineState.AFTER_CALL, by=None, at=at)


def sweep_line_states(*, at: datetime) -> int:
    """States that should have ended by themselves are ended, at the moment when they should have.

    1. After a call somebody is ready again when the limit is over.
    2. Whoever went home without signing out left the line when last seen.

    Each person in a transaction of its own, looked at again once locked.
    """
    limit = timedelta(seconds=settings.AFTER_CALL_LIMIT_SECONDS)
    unseen = at - UNSEEN_FOR
    due = User.objects.exclude(line_state="").filter(
        Q(line_state=LineState.AFTER_CALL, line_since__lte=at - limit)
        | Q(last_seen_at__lte=unseen, line_since__lte=unseen)
    )
    return sum(_ended(pk, limit, unseen) for pk in due.values_list("pk", flat=True)[:MOST_AT_ONCE])


def _ended(pk: int, limit: timedelta, unseen: datetime) -> bool:
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=pk)
        if user.line_since is None:
            return False
        if user.last_seen_at and user.last_seen_at <= unseen and user.line_since <= unseen:
            gone_at = max(user.last_seen_at, user.line_since)
            set_line_state(user=user, state=None, by=None, at=gone_at)
            return True
        if user.line_state == LineState.AFTER_CALL:
            set_line_state(user=user, state=LineState.READY, by=None, at=user.line_since + limit)
            return True
        return False
