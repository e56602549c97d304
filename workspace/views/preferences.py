from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as choose_language

from accounts import actions
from accounts.cookies import THEME_COOKIE, set_look
from workspace.context import THEMES


@login_not_required
@require_POST
def set_language(request):
    """Speak this language from now on, before and after sign-in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
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
    return set_look(response, THEME_COOKIE, theme)


def is_our_page(request, url):
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
