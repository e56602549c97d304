"""Language and colours ride in cookies as well, so that the page of a signed-out person has them."""

from django.conf import settings

A_YEAR = 365 * 24 * 3600
THEME_COOKIE = "theme"  # workspace.context reads it


def remember_look(response, user):
    set_look(response, settings.LANGUAGE_COOKIE_NAME, user.language)
    return set_look(response, THEME_COOKIE, user.theme)


def set_look(response, name, value):
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
