from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as choose_language

from accounts import actions
from workspace.context import THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def set_language(request):
    """Speak this language from now on, before and after sign-in."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        actions.change_own_settings(user=request.user, language=language)
    return choose_language(request)


@login_not_required
@require_POST
def set_theme(request):
    """Light or dark from now on; a script asks without a `next` and stays where it is."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        actions.change_own_settings(user=request.user, theme=theme)
    back = request.POST.get("next", "")
    response = (
        HttpResponseRedirect(back) if is_our_page(request, back) else HttpResponse(status=204)
    )
    response.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=A_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def is_our_page(request, url):
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
