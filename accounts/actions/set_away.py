from datetime import datetime

from accounts.models import User


def set_away(*, user: User, is_away: bool, at: datetime) -> User:
    """Somebody leaves the desk, or is back: the directory shows it at once."""
    if is_away != user.is_away:
        user.away_since = at if is_away else None
        user.save(update_fields=["away_since"])
    return user
