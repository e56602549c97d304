from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.metrics import registry
from common.readiness import findings


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    found = findings(timezone.now())
    is_ready = all(finding.is_well for finding in found if finding.is_vital)
    body = {
        "ready": is_ready,
        "parts": {part.name: "well" if part.is_well else part.words for part in found},
    }
    return JsonResponse(body, status=200 if is_ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not (_has_token(request) or _is_this_machine(request)):
        raise PermissionDenied
    return HttpResponse(
        registry.text(timezone.now()), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _has_token(request: HttpRequest) -> bool:
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(told, token)


def _is_this_machine(request: HttpRequest) -> bool:
    """Whoever comes through a proxy on this machine is not this machine."""
    forwarded = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers)
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not forwarded
