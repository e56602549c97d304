"""Forms that our own script sends, so that their page stays until the server has taken them.

The other half is `static/js/sending.js`; why, stands in ADR 0022.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

SENT_BY_SCRIPT = "X-Form-Sent"  # the name of this try; the same again when its answer was lost
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
        name = request.headers.get(SENT_BY_SCRIPT, "")
        if request.method != "POST" or not name:
            return self.get_response(request)
        key = _key(request, name)
        if key is None:
            return _led_on(self.get_response(request))
        if not cache.add(key, BEGUN, timeout=BEGUN_FOR):
            known = cache.get(key, BEGUN)
            if known == BEGUN:
                return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
            return _led_on(HttpResponse(status=HTTPStatus.FOUND, headers={"Location": known}))
        response = self.get_response(request)
        if "Location" in response.headers:
            cache.set(key, response.headers["Location"], timeout=KEPT_FOR)
        else:
            cache.delete(key)
        return _led_on(response)


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
