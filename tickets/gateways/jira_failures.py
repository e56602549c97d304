"""What can go wrong between us and Jira, said so that the outbox knows what to do next."""

import datetime as dt
import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from enum import StrEnum

from tickets.jira.reading import list_of, name_of, part_of, read_json, text_of

LONGEST_WAIT_SECONDS = 24 * 3600.0
LONGEST_SENTENCE = 500
MOST_SENTENCES = 20


class Outcome(StrEnum):
    """What the failure means for the call that we made."""

    RETRY = "retry"  # nothing was done there; the same call may be made again later
    UNKNOWN = "unknown"  # it may have been done: look before the call is made again
    REFUSED = "refused"  # Jira said no; the same call will be refused again


class Trouble(StrEnum):
    """What happened, finer than the outcome: a person is told in the words of this."""

    MISADDRESSED = "misaddressed"  # address or token cannot be used as entered; nothing was sent
    UNREACHABLE = "unreachable"  # no connection; nothing was sent
    NO_ANSWER = "no_answer"  # sent, and then silence or a broken connection
    BUSY = "busy"  # 429, 503
    SERVER_ERROR = "server_error"  # other 5xx, often a proxy's page
    UNREADABLE = "unreadable"  # an answer that is none of Jira's, or too long
    REDIRECTED = "redirected"  # the address is not Jira's own, or a login page stands before it
    INVALID = "invalid"  # 400, with what Jira says of each field
    NOT_SIGNED_IN = "not_signed_in"  # 401: token wrong or expired
    CAPTCHA = "captcha"  # 403: a person must sign in by hand first
    FORBIDDEN = "forbidden"  # 403
    NOT_FOUND = "not_found"  # 404: no such issue, or not for our eyes
    GONE = "gone"  # 410: this version of Jira has no such call
    TOO_LARGE = "too_large"  # 413
    REFUSED = "refused"  # any other 4xx


class JiraFailure(Exception):
    """The one exception of the client: what was lost and whether to try again."""

    def __init__(
        self,
        trouble: Trouble,
        outcome: Outcome,
        status: int | None = None,
        retry_after: float | None = None,
        sentences: tuple[str, ...] = (),
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(trouble, outcome, status, retry_after, sentences, fields)
        self.trouble = trouble
        self.outcome = outcome
        self.status = status
        self.retry_after = retry_after  # seconds, as Jira asks
        self.sentences = sentences  # in Jira's own words, for a person
        self.fields = dict(fields or {})  # field id → what is wrong with it

    def __str__(self) -> str:
        said = [*self.sentences, *(f"{name}: {text}" for name, text in self.fields.items())]
        return " ".join([f"{self.trouble.value} ({self.status or '-'})", *said])

    @property
    def may_have_happened(self) -> bool:
        return self.outcome == Outcome.UNKNOWN

    @property
    def stops_everything(self) -> bool:
        """Every other call would fail likewise until a person has mended the connection."""
        return self.trouble in _UNTIL_MENDED


_UNTIL_MENDED = {
    Trouble.MISADDRESSED,
    Trouble.REDIRECTED,
    Trouble.NOT_SIGNED_IN,
    Trouble.CAPTCHA,
}
_REFUSALS = {
    400: Trouble.INVALID,
    401: Trouble.NOT_SIGNED_IN,
    403: Trouble.FORBIDDEN,
    404: Trouble.NOT_FOUND,
    410: Trouble.GONE,
    413: Trouble.TOO_LARGE,
}
_REASONS = ("x-authentication-denied-reason", "x-seraph-loginreason")
_CAPTCHA_SIGNS = ("captcha", "authentication_denied", "authentication_failed")


def refusal_of(
    status: int, headers: Mapping[str, str], body: bytes, *, repeatable: bool
) -> JiraFailure:
    """The failure that an answer other than 2xx tells of. `repeatable`: twice does no harm."""
    sentences, fields = words_of(body)
    lost = Outcome.RETRY if repeatable else Outcome.UNKNOWN
    wait = retry_after(headers)
    if status == 429 or (status == 503 and wait is not None):
        return JiraFailure(Trouble.BUSY, Outcome.RETRY, status, wait, sentences, fields)
    if status == 503:
        return JiraFailure(Trouble.BUSY, lost, status, None, sentences, fields)
    if status >= 500 or status == 408:
        return JiraFailure(Trouble.SERVER_ERROR, lost, status, wait, sentences, fields)
    if 300 <= status < 400:
        return JiraFailure(Trouble.REDIRECTED, Outcome.REFUSED, status)
    reason = " ".join(
        headers.get(name, "") for name in ("x-authentication-denied-reason", "x-seraph-loginreason")
    ).strip()
    trouble = _REFUSALS.get(status, Trouble.REFUSED)
    if status == 403 and any(sign in reason.lower() for sign in _CAPTCHA_SIGNS):
        trouble = Trouble.CAPTCHA
    if reason and status in (401, 403):
        sentences = (*sentences, reason[:LONGEST_SENTENCE])
    return JiraFailure(trouble, Outcome.REFUSED, status, None, sentences, fields)


def words_of(body: bytes) -> tuple[tuple[str, ...], dict[str, str]]:
    """What an error says, in any of the shapes seen: lists, fields, one message. HTML says nothing."""
    message = read_json(body)
    sentences = [
        text
        for one in [*list_of(message, "errorMessages"), *list_of(message, "warningMessages")]
        if (text := text_of({"said": one}, "said", longest=LONGEST_SENTENCE))
    ]
    alone = (
        text_of(message, name, longest=LONGEST_SENTENCE) for name in ("message", "errorMessage")
    )
    sentences.extend(text for text in alone if text)
    fields = part_of(message, "errors")
    named = {}
    if isinstance(fields, Mapping):
        for key in list(fields)[:MOST_SENTENCES]:
            named[name_of({"key": key}, "key")] = text_of(fields, key, longest=LONGEST_SENTENCE)
    return tuple(sentences[:MOST_SENTENCES]), named


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from Retry-After (a number or a date) or X-RateLimit-Reset (a moment)."""
    asked = headers.get("retry-after", "").strip()
    now = _http_date(headers.get("date", "")) or dt.datetime.now(dt.UTC)
    seconds = _seconds(asked)
    if seconds is None:
        moment = _http_date(asked) or _reset(headers.get("x-ratelimit-reset", "").strip())
        seconds = (moment - now).total_seconds() if moment else None
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)


def _seconds(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _http_date(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _reset(text: str) -> dt.datetime | None:
    """`2026-11-22T12:00Z`, or seconds since 1970 as some proxies have it."""
    try:
        if text.isdigit():
            return dt.datetime.fromtimestamp(int(text), dt.UTC)
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None
