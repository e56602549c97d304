from django.conf import settings
from django.utils.functional import SimpleLazyObject

from accounts.cookies import THEME_COOKIE
from workspace.navigation import links_for

THEMES = ("light", "dark")


def shell(request):
    """What the rail and the top bar of every page need."""
    shown = {"theme": theme_of(request), "languages": settings.LANGUAGES}
    if request.user.is_authenticated:
        shown |= {
            "rail": SimpleLazyObject(lambda: links_for(request.user, request.path)),
            "initials": initials_of(str(request.user)),
        }
    return shown


def theme_of(request):
    """The theme chosen in this browser, else the one this person chose last."""
    chosen = request.COOKIES.get(THEME_COOKIE) or getattr(request.user, "theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def initials_of(name):
    words = name.split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
