"""Fetches a trusted list from whoever publishes it. What came is not believed here."""

import time
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

from documents.list_problems import (
    ListElsewhere,
    ListServerRefuses,
    ListTooLarge,
    ListUnreachable,
)

MAX_BYTES = 20_000_000  # the largest national lists have several megabytes
MOST_REDIRECTS = 3
CONNECTION_TRIES = 3
CONNECTION_PAUSE_SECONDS = 0.2
SCHEMES = ("https", "http")  # what came is believed by its signature alone


def fetch_list(address: str) -> bytes:
    """Return what stands at the address. Raises a ListProblem.

    A redirect is followed to the same scheme, or from http to https; never to another.
    """
    for _hop in range(MOST_REDIRECTS + 1):
        if urlsplit(address).scheme not in SCHEMES:
            raise ListElsewhere(_shown(address))
        content, leads_to = _get(address)
        if not leads_to:
            return content
        address = _followed(address, leads_to)
    raise ListElsewhere(_shown(address))


def _followed(address: str, leads_to: str) -> str:
    try:
        target = urljoin(address, leads_to)
        before, after = urlsplit(address).scheme, urlsplit(target).scheme
    except ValueError as error:
        raise ListElsewhere from error
    if after not in (before, "https"):
        raise ListElsewhere(_shown(target))
    return target


def _shown(address: str) -> str:
    """Without what stands behind the question mark, which may be somebody's secret."""
    return address.partition("?")[0][:200]


def _get(address: str) -> tuple[bytes, str]:
    for tries_left in reversed(range(CONNECTION_TRIES)):
        try:
            return _get_once(address)
        except httpx.ConnectError as error:
            if not tries_left:
                raise ListUnreachable(type(error).__name__) from error
            time.sleep(CONNECTION_PAUSE_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ListUnreachable(type(error).__name__) from error
    raise ListUnreachable


def _get_once(address: str) -> tuple[bytes, str]:
    """Ask and read, but neither more nor longer than an honest list takes.

    Returns the content, or where the answer leads to instead.
    """
    timeout = settings.TRUSTED_LIST_TIMEOUT_SECONDS
    ends = time.monotonic() + timeout * 3
    headers = {"Accept-Encoding": "identity"}
    parts, size = [], 0
    with httpx.stream("GET", address, headers=headers, timeout=timeout) as response:
        if response.has_redirect_location:
            return b"", response.headers["Location"]
        if response.status_code != httpx.codes.OK:
            raise ListServerRefuses(str(response.status_code))
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise ListTooLarge
            if time.monotonic() > ends:
                raise ListUnreachable("timeout")
    return b"".join(parts), ""
