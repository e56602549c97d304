"""How often something may be asked: counted in the cache by minutes, so that all processes share it."""

from django.core.cache import cache

A_MINUTE = 60


def is_too_often(what: str, *, most: int, minute: int) -> bool:
    """Count one more, and say whether that is more than `most` in this minute."""
    name = f"rate:{what}:{minute}"
    if cache.add(name, 1, timeout=2 * A_MINUTE):
        return most < 1
    try:
        return cache.incr(name) > most
    except ValueError:  # it has just expired
        return False
