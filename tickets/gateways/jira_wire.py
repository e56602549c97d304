"""One question to Jira and its answer: no retries, no redirects, no proxies, and not for ever."""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import httpx

from tickets.gateways.jira_failures import JiraFailure, Outcome, Trouble, refusal_of
from tickets.jira.reading import read_json

MAX_REPLY_BYTES = 8_000_000  # a hundred issues with long texts have less
MAX_REFUSAL_BYTES = 64_000  # no refusal of Jira's is longer; a proxy's page is cut
# Before a connection stands nothing can have been done.
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
)
UNUSABLE = (
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
    UnicodeError,
)


class Wire:
    """Speaks HTTP with one Jira."""

    def __init__(self, url: str, *, authorization: str, timeout: float, ca_file: str = "") -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._client = httpx.Client(
            headers={
                b"Accept": b"application/json",
                b"Accept-Encoding": b"identity",
                b"Authorization": authorization.encode("utf-8", "replace"),
            },
            timeout=timeout,
            verify=_trust(ca_file),
            trust_env=False,
            follow_redirects=False,
            # A kept connection that the server has closed meanwhile looks like an answer lost.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, method: str, path: str, *, repeatable: bool, **words: Any) -> object:
        """Return the JSON of a 2xx answer (None where it has no body). Raises JiraFailure.

        `repeatable` says that asking twice does no harm, so that no answer means: ask again.
        """
        lost = Outcome.RETRY if repeatable else Outcome.UNKNOWN
        with _failures(lost):
            status, headers, body = self._once(method, path, words)
        if not 200 <= status < 300:
            raise refusal_of(status, headers, body, repeatable=repeatable)
        if status == httpx.codes.NO_CONTENT:
            return None
        answer = read_json(body)
        if answer is None:
            raise JiraFailure(Trouble.UNREADABLE, lost, status)
        return answer

    def _once(
        self, method: str, path: str, words: dict[str, Any]
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Ask and read, but neither more nor longer than an honest answer takes."""
        with self._client.stream(method, self.url + path, **words) as response:
            ends = time.monotonic() + self.timeout * 3  # from here: a big file may go out slowly
            read = _whole if response.is_success else _beginning
            body = read(response, ends)
        return response.status_code, response.headers, body


class _TooLong(Exception):
    pass


def _whole(response: httpx.Response, ends: float) -> bytes:
    content = bytearray()
    for part in response.iter_raw():
        content += part
        if len(content) > MAX_REPLY_BYTES:
            raise _TooLong
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer does not end")
    return bytes(content)


def _beginning(response: httpx.Response, ends: float) -> bytes:
    """Of a refusal: its status says enough, whatever becomes of its words."""
    content = bytearray()
    with suppress(httpx.HTTPError):
        for part in response.iter_raw():
            content += part
            if len(content) > MAX_REFUSAL_BYTES or time.monotonic() > ends:
                break
    return bytes(content[:MAX_REFUSAL_BYTES])


@cache
def _usual_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _trust(ca_file: str) -> ssl.SSLContext:
    """Whom to believe: everybody's authorities, or the agency's own one."""
    try:
        return ssl.create_default_context(cafile=ca_file) if ca_file else _usual_trust()
    except OSError as error:
        raise JiraFailure(Trouble.MISADDRESSED, Outcome.REFUSED) from error


@contextmanager
def _failures(lost: Outcome) -> Iterator[None]:
    try:
        yield
    except NOTHING_SENT as error:
        raise JiraFailure(Trouble.UNREACHABLE, Outcome.RETRY) from error
    except UNUSABLE as error:
        raise JiraFailure(Trouble.MISADDRESSED, Outcome.REFUSED) from error
    except httpx.HTTPError as error:
        raise JiraFailure(Trouble.NO_ANSWER, lost) from error
    except _TooLong as error:
        raise JiraFailure(Trouble.UNREADABLE, lost) from error
