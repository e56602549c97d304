from accounts.models import User

OWN = frozenset({"language", "theme", "phone", "extension"})


def change_own_settings(*, user: User, **chosen: str) -> User:
    """Somebody chooses how the pages look to them, or gives a new work phone or extension."""
    if not set(chosen) <= OWN:
        raise ValueError(f"not one's own to change: {set(chosen) - OWN}")
    for name, value in chosen.items():
        setattr(user, name, value)
    user.save(update_fields=list(chosen))
    return user
