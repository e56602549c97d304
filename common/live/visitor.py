"""Who asks for the stream: the same session cookie as the pages, the same check of it."""

from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user, get_user_model
from django.http import HttpRequest, parse_cookie
from django.utils import timezone


@dataclass(frozen=True)
class Visitor:
    user_id: int
    unit_id: int | None
    session_key: str
    session_hash: str  # another one once the password is changed


def visitor_of(cookies: str) -> Visitor | None:
    """Return who holds the session, or None if nobody is signed in by it (any more)."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = _sessions()(key)
    user: Any = get_user(request)
    if not user.is_authenticated or not user.is_active:
        return None
    unit_id = getattr(user, "unit_id", None)
    return Visitor(user.pk, unit_id, key, user.get_session_auth_hash())


def still_signed_in(visitors: Collection[Visitor]) -> set[Visitor]:
    """Of these the ones whose session still holds; two queries, however many they are."""
    rows = _sessions().get_model_class().objects.filter(expire_date__gt=timezone.now())
    kept = set(
        rows.filter(session_key__in={one.session_key for one in visitors}).values_list(
            "session_key", flat=True
        )
    )
    users = get_user_model()._default_manager.filter(is_active=True).only("password")
    hashes = {
        user.pk: user.get_session_auth_hash()
        for user in users.filter(pk__in={one.user_id for one in visitors})
    }
    return {
        one
        for one in visitors
        if one.session_key in kept and hashes.get(one.user_id) == one.session_hash
    }


def _sessions() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore


def is_our_origin(origin: str) -> bool:
    """Say whether a page of ours asks, when the stream has a port of its own."""
    if not origin:
        return True  # not asked across origins
    site = urlsplit(settings.SITE_URL)
    port = f":{site.port}" if site.port else ""
    hosts = {site.hostname, *settings.ALLOWED_HOSTS} - {"*"}
    return origin in {f"{site.scheme}://{host}{port}" for host in hosts}
