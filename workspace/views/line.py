"""Today's line for those who coordinate it, the rows behind its numbers, and the wall display."""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import record_access
from common.actions import (
    LinkNotValid,
    issue_external_link,
    open_external_link,
    revoke_external_link,
)
from common.auth import requires
from common.day_field import is_known_day
from common.models import ExternalLink
from common.paging import keyset_page
from common.queries import is_link_valid
from inquiries.models import Direction, PhoneCall
from workspace.queries.line import HALF_HOUR, todays_line

WALL = "workspace.wall"
WALL_FOR = dt.timedelta(days=180)
PAGE = "workspace/line.html"
WALL_PAGE = "workspace/wall.html"
THEMES = ("light", "dark")


@requires("workspace.view_line")
@require_GET
def line(request):
    now = timezone.now()
    context = {"line": todays_line(now), "today": timezone.localdate(now)}
    if request.htmx:
        return render(request, f"{PAGE}#figures", context)
    context["walls"] = ExternalLink.objects.filter(
        purpose=WALL, revoked_at__isnull=True, expires_at__gt=now
    ).select_related("issued_by")
    return render(request, PAGE, context)


@requires("inquiries.view_phone_call")
@require_GET
def line_calls(request):
    """The calls behind a number of today's line."""
    now, which = timezone.now(), request.GET.get("which", "")
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    calls = PhoneCall.objects.visible_to(request.user).select_related("agent")
    incoming = calls.filter(direction=Direction.IN, was_turned_away=False, rang_at__gte=begins)
    shown = {
        "waiting": calls.waiting(now),
        "talking": calls.talking(now),
        "answered": incoming.filter(answered_at__isnull=False),
        "missed": incoming.missed(),
    }.get(which, incoming)
    half_hour = half_hour_of(request.GET.get("from", ""))
    if half_hour:
        shown = shown.filter(rang_at__gte=half_hour, rang_at__lt=half_hour + HALF_HOUR)
    page = keyset_page(
        shown, order=("-rang_at", "-pk"), cursor=request.GET.get("cursor", ""), size=50
    )
    record_access(what="phone.calls", by=request.user, at=now, result_count=len(page.rows))
    context = {"page": page, "which": which, "half_hour": half_hour}
    return render(request, "workspace/line_calls.html", context)


def half_hour_of(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    is_moment = moment and timezone.is_aware(moment) and is_known_day(moment.date())
    return moment if is_moment else None


@requires("workspace.issue_wall_link")
@require_POST
def issue_wall(request):
    """A link for a screen on the wall, which nobody signs in to; it is shown this once."""
    now = timezone.now()
    _link, token = issue_external_link(
        purpose=WALL, about=request.user, expires_at=now + WALL_FOR, by=request.user, at=now
    )
    url = f"{settings.SITE_URL.rstrip('/')}{reverse('workspace:wall', args=[token])}"
    messages.success(
        request,
        format_html(
            '{} <a class="wrap" href="{}">{}</a>',
            _("Open this link on the wall display; it is shown only now:"),
            url,
            url,
        ),
    )
    return redirect("workspace:line")


@requires("workspace.issue_wall_link")
@require_POST
def revoke_wall(request, pk):
    link = get_object_or_404(ExternalLink, pk=pk, purpose=WALL)
    revoke_external_link(link=link, at=timezone.now())
    messages.success(request, _("The link of the wall display does not open any more."))
    return redirect("workspace:line")


@requires("workspace.view_line")
@require_GET
def own_wall(request):
    """The same display for somebody who is signed in."""
    return render_wall(request)


@login_not_required  # whoever holds the link that a coordinator issued
@never_cache
@require_GET
def wall(request, token):
    """The display by its link. The opening is logged; what it asks every ten seconds is not."""
    now = timezone.now()
    may_open = is_link_valid if request.htmx else is_opened
    if not may_open(token=token, purpose=WALL, at=now):
        return render(request, "workspace/wall_over.html", status=410)
    return render_wall(request)


def is_opened(*, token, purpose, at):
    try:
        open_external_link(token=token, purpose=purpose, at=at)
    except LinkNotValid:
        return False
    return True


def render_wall(request):
    language = request.GET.get("language", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
    theme = request.GET.get("theme", "")
    context = {
        "line": todays_line(timezone.now()),
        "theme": theme if theme in THEMES else "dark",
        "refresh_url": f"{request.path}?{urlencode({'language': language})}",
    }
    part = "#figures" if request.htmx else ""
    return render(request, f"{WALL_PAGE}{part}", context)
