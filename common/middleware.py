import logging
import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.client_address import client_address
from common.logs import route_of, trace_id
from common.metrics import requests_answered, requests_seconds

logger = logging.getLogger("servicedesk.request")

# W3C Trace Context: version, trace, span, flags.
TRACEPARENT = re.compile(r"^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$")
UNTOLD = ("/health/", "/metrics", "/static/")


class ClientAddressMiddleware:
    """Puts the caller's own address where everything looks for it: limits, sign-in, log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(request.META)
        return self.get_response(request)


class NotAllowedPageMiddleware:
    """An address that takes no such request says so on a page, as other refusals do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_bare = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
        if is_bare and request.method != "HEAD" and request.accepts("text/html"):
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response


class RequestLogMiddleware:
    """Gives every request a trace id, that its log lines share, and one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = TRACEPARENT.match(request.headers.get("traceparent", ""))
        trace = given[1] if given else secrets.token_hex(16)
        token = trace_id.set(trace)
        started = time.perf_counter_ns()
        try:
            response = self.get_response(request)
            self.tell(request, response, time.perf_counter_ns() - started)
        finally:
            trace_id.reset(token)
        response.headers["X-Trace-Id"] = trace
        return response

    def tell(self, request: HttpRequest, response: HttpResponse, nanoseconds: int) -> None:
        status = str(response.status_code)
        requests_answered.add(method=request.method or "", status=status)
        requests_seconds.add(nanoseconds / 1e9)
        if request.path.startswith(UNTOLD):
            return
        ecs: dict[str, Any] = {
            "http.request.method": request.method,
            "http.response.status_code": response.status_code,
            "url.path": route_of(request),
            "event.duration": nanoseconds,
            **_who(request),
        }
        logger.info("%s %s", request.method, status, extra={"ecs": ecs})


def _who(request: HttpRequest) -> dict[str, Any]:
    """The member of staff, where the request has asked for one anyway. A client's address is not kept."""
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "user.id": user.pk,
        "user.roles": user.active_roles if "roles_held" in vars(user) else [],  # asks nothing anew
        "client.ip": request.META.get("REMOTE_ADDR", ""),
    }
