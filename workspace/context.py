from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.cookies import THEME_COOKIE
from workspace.navigation import links_for

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the rail and the top bar of every page need."""
    user: Any = getattr(request, "user", AnonymousUser())  # a refused request never got as far
    shown = {"theme": theme_of(request, user), "languages": settings.LANGUAGES}
    if user.is_authenticated:
        shown |= {
            "rail": SimpleLazyObject(lambda: links_for(user, request.path)),
            "initials": initials_of(str(user)),
        }
    return shown


def theme_of(request, user):
    """The theme chosen in this browser, else the one this person chose last."""
    chosen = request.COOKIES.get(THEME_COOKIE) or getattr(user, "theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def initials_of(name):
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
