"""Forms that our own script sends, so that their page stays until the server has taken them.

The other half is `static/js/sending.js`; why, stands in ADR 0022.
"""

import hashlib
import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
CACHE_AWAY = (RedisError, OSError)
SENT_BY_SCRIPT = "X-Form-Sent"  # the name of this try; the same again when its answer was lost
OPENED_BY = "X-Form-Opened-By"  # who had the page when it was drawn
GOES_TO = "X-Goes-To"
LONGEST_NAME = 64
BEGUN = "begun"
BEGUN_FOR = 120  # seconds; whoever began and was killed holds nobody up for longer
KEPT_FOR = 15 * 60


class StayingFormMiddleware:
    """Tells the script where to go on, and does what was pressed twice once.

    A redirect becomes an answer without a page: followed by the script, it would eat what was to be
    said on the next page. Where it led is kept for a while under the name of the try, so that a try
    whose answer was lost is told the same once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        if _is_of_somebody_else(request):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        name = request.headers.get(SENT_BY_SCRIPT, "")
        if not name:
            return self.get_response(request)
        key = _key(request, name)
        if key is None:
            return _led_on(self.get_response(request))
        known = _begin(key)
        if known == BEGUN:
            return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if known:
            return _led_on(HttpResponse(status=HTTPStatus.FOUND, headers={"Location": known}))
        response = self.get_response(request)
        _keep(key, response.headers.get("Location"))
        return _led_on(response)


def _is_of_somebody_else(request: HttpRequest) -> bool:
    """The page was opened by one person, and another has signed in since: nothing of it is sent in that name.

    What saves itself while it is typed says it too.
    """
    opened_by = request.headers.get(OPENED_BY, "")
    return bool(opened_by) and request.user.is_authenticated and opened_by != str(request.user.pk)


def _begin(key: str) -> str:
    """Where this try led, or that it is under way; nothing for a new one.

    A cache that is away costs the memory, never the form: what is done stays done.
    """
    try:
        return "" if cache.add(key, BEGUN, timeout=BEGUN_FOR) else cache.get(key, BEGUN)
    except CACHE_AWAY:
        logger.warning("The cache is away; a form is taken without remembering it.")
        return ""


def _keep(key: str, place: str | None) -> None:
    try:
        if place is None:
            cache.delete(key)
        else:
            cache.set(key, place, timeout=KEPT_FOR)
    except CACHE_AWAY:
        logger.warning("The cache is away; where a form led is not remembered.")


def _key(request: HttpRequest, name: str) -> str | None:
    """Only for members of staff: what a client sends is known by itself, and its address is a secret."""
    if not request.user.is_authenticated or len(name) > LONGEST_NAME or not name.isascii():
        return None
    told = f"{request.user.pk} {request.get_full_path()} {name}"
    return f"form:{hashlib.sha256(told.encode()).hexdigest()}"


def _led_on(response: HttpResponse) -> HttpResponse:
    place = response.headers.get("Location")
    if place is not None:
        del response.headers["Location"]
        response.status_code = HTTPStatus.NO_CONTENT
        response.content = b""
        response.headers[GOES_TO] = place
    return response
