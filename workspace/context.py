from django.conf import settings
from django.utils.functional import SimpleLazyObject

from workspace.navigation import links_for

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def shell(request):
    """What the rail and the top bar of every page need."""
    return {
        "theme": theme_of(request),
        "languages": settings.LANGUAGES,
        "rail": SimpleLazyObject(lambda: rail_of(request)),
        "initials": SimpleLazyObject(lambda: initials_of(request.user)),
    }


def theme_of(request):
    """The theme chosen in this browser, else the one this person chose last."""
    chosen = request.COOKIES.get(THEME_COOKIE) or getattr(request.user, "theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def rail_of(request):
    return links_for(request.user, request.path) if request.user.is_authenticated else []


def initials_of(user):
    words = str(user).split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
