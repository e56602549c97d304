from datetime import datetime

from django.db import transaction

from accounts.actions.record_access import record_access
from accounts.actions.set_line_state import set_line_state
from accounts.models import User


def note_sign_in(*, user: User, at: datetime) -> None:
    """Somebody has signed in: present from now on, and a line in the access log."""
    with transaction.atomic():
        user.last_seen_at = at
        user.save(update_fields=["last_seen_at"])
        record_access(what="login", by=user, at=at, subject=user)


def note_sign_out(*, user: User, at: datetime) -> None:
    """Somebody has signed out: no longer present nor on the line, and a line in the access log."""
    with transaction.atomic():
        set_line_state(user=user, state=None, by=user, at=at)
        user.last_seen_at = None
        user.save(update_fields=["last_seen_at"])
        record_access(what="logout", by=user, at=at, subject=user)


def note_sign_in_failed(*, username: str, at: datetime, is_locked: bool = False) -> None:
    """A password did not fit, or was not looked at any more.

    What was typed is not kept: people type their password into the wrong field.
    """
    record_access(
        what="login.locked" if is_locked else "login.failed",
        by=None,
        at=at,
        subject=User.objects.filter(username=username).first(),
    )
