from datetime import datetime

from accounts.actions.set_line_state import set_line_state
from accounts.models import LineState, User


def set_away(*, user: User, is_away: bool, at: datetime) -> User:
    """Somebody leaves the desk, or is back: the directory shows it at once.

    1. Whoever takes calls is ready again when back; anybody else is on no line.
    """
    if is_away != user.is_away:
        back = LineState.READY if user.has_perm("accounts.change_line_state") else None
        set_line_state(user=user, state=LineState.AWAY if is_away else back, by=user, at=at)
    return user
