import datetime as dt
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation

from accounts.actions import record_access
from accounts.models import User
from accounts.queries import has_totp

SEEN_EVERY = dt.timedelta(minutes=1)
TOTP_SESSION_KEY = "accounts_has_totp"
# What an administrator without a second factor may still open.
OPEN_WITHOUT_TOTP = ("mfa_", "account_", "accounts:set_", "common:")


class LanguageOfUserMiddleware:
    """The page speaks the language that the person chose, kept in the language cookie.

    The browser's own preference is not asked: Estonian is the language of the house.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignedInMiddleware(LoginRequiredMiddleware):
    """Everything needs a signed-in person.

    A page sends the reader to sign in. What a script of ours asked for is answered 401 instead:
    a login page swapped into a form would wipe out what was typed. Whoever pressed a button is led
    back to the page where it stands, since many addresses take nothing but a button.
    """

    def handle_no_permission(self, request, view_func):
        url = resolve_url(self.get_login_url(view_func))
        if is_asked_by_script(request):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"X-Login-Url": url})
        if request.method not in {"GET", "HEAD"}:
            return redirect_to_login(page_asked_from(request), url)
        return super().handle_no_permission(request, view_func)


def page_asked_from(request) -> str:
    page = urlsplit(request.headers.get("Referer", ""))
    return (
        urlunsplit(("", "", page.path, page.query, ""))
        if page.netloc == request.get_host()
        else "/"
    )


def is_asked_by_script(request) -> bool:
    return (
        "HX-Request" in request.headers
        or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        or request.headers.get("Accept", "").startswith(("application/json", "text/event-stream"))
    )


class AccessLogMiddleware:
    """Notes who was refused a page, and who is still there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN and request.user.is_authenticated:
            note_denial(request)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.user.is_authenticated:
            note_seen(request.user, timezone.now())


def note_denial(request) -> None:
    # The route, not the address: an address may hold the key of a record.
    route = request.resolver_match.route if request.resolver_match else request.path
    record_access(
        what="authz.denied",
        by=request.user,
        at=timezone.now(),
        reason=f"{request.method} {route}"[:500],
    )


def note_seen(user, at: dt.datetime) -> None:
    """Once a minute at most: the directory says who is present."""
    seen = max(filter(None, [user.last_seen_at, user.last_login]), default=None)
    if seen is None or at - seen > SEEN_EVERY:
        User.objects.filter(pk=user.pk).update(last_seen_at=at)


class SecondFactorMiddleware:
    """An administrator sets up a second factor before anything else, where the house asks for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not settings.REQUIRE_TOTP_FOR_ADMIN or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(OPEN_WITHOUT_TOTP) or request.session.get(TOTP_SESSION_KEY):
            return None
        if not request.user.has_perm("accounts.manage_staff"):
            return None
        if has_totp(request.user):
            request.session[TOTP_SESSION_KEY] = True
            return None
        return redirect("mfa_activate_totp")
