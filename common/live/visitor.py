"""Who asks for the stream: the same session cookie as the pages, the same check of it."""

from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie


@dataclass(frozen=True)
class Visitor:
    user_id: int
    unit_id: int | None


def visitor_of(cookies: str) -> Visitor | None:
    """Return who holds the session, or None if nobody is signed in by it (any more)."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    if not user.is_authenticated or not user.is_active:
        return None
    return Visitor(user.pk, getattr(user, "unit_id", None))


def is_our_origin(origin: str) -> bool:
    """Say whether a page of ours asks, when the stream has a port of its own."""
    if not origin:
        return True  # not asked across origins
    site = urlsplit(settings.SITE_URL)
    port = f":{site.port}" if site.port else ""
    hosts = {site.hostname, *settings.ALLOWED_HOSTS} - {"*"}
    return origin in {f"{site.scheme}://{host}{port}" for host in hosts}
