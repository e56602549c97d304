"""The business register's XML service (RIK), over SOAP 1.1 with credentials in the body."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from registry.models import hold_turn
from registry.register_xml.envelope import basic_request, details_request, esindus_request
from registry.register_xml.reading import NotReadable, Reply, read_reply
from registry.register_xml.redaction import redacted
from registry.register_xml.replies import (
    basic_of,
    details_of,
    merge_details,
    representation_of,
)
from registry.representation import OrganisationAnswer

CONNECTION_TRIES = 3
CONNECTION_PAUSE_SECONDS = 0.2
MAX_REPLY_BYTES = 8_000_000
CREDENTIAL_WORDS = ("kasutajanimi", "parool", "user name", "username", "password")
LIMIT_WORDS = ("samaaeg", "limiit", "piirang", "too many", "simultaneous")
UNKNOWN_OPERATION_WORDS = ("teenust", "not found", "ei leitud", "unknown", "no such", "operation")


class RegisterUnavailable(Refusal):
    """The register cannot be asked now. It says nothing about anybody's rights."""

    code = "register_unavailable"
    sentence = _("The business register does not answer. We keep trying.")


class RegisterLimit(RegisterUnavailable):
    """The register asks us to come back later, or others of ours are asking."""

    code = "register_limit"
    sentence = _("The business register is busy with other questions. We keep trying.")


class RegisterRefusesUs(RegisterUnavailable):
    """Our user name, password or contract is not accepted."""

    code = "register_refuses_us"
    sentence = _("The business register does not accept our user name or contract.")


class RegisterNotSetUp(RegisterUnavailable):
    """There is no contract with the register, or nobody has entered its address."""

    code = "not_configured"
    sentence = _("No connection to the business register has been set up.")


class RegisterFault(Refusal):
    """The register understood us and answered that it will not do it."""

    code = "register_fault"
    sentence = _("The business register answered with an error.")


@dataclass(frozen=True)
class LiveAnswer:
    """What the register said of one organisation, with the replies fit to be kept."""

    code: str
    organisation: OrganisationAnswer | None
    operations: tuple[str, ...]
    replies: tuple[str, ...]  # without credentials, personal codes and birth dates


class BusinessRegister(Protocol):
    """How the rest of the house asks, whatever protocol lies behind it."""

    def ask(self, code: str) -> LiveAnswer:
        """Ask who may represent. Raises RegisterUnavailable or RegisterFault."""

    def look_up(self, code: str) -> LiveAnswer:
        """Ask for name, form, status and address alone. Raises as `ask` does."""


class XmlBusinessRegister:
    """The real client. One call at a time over all processes of ours, as the contract demands."""

    def __init__(self, *, url: str, user: str, password: str, timeout: float) -> None:
        self.url = url
        self.user = user
        self.password = password
        self.timeout = timeout

    def ask(self, code: str) -> LiveAnswer:
        operation, reply = self._ask_representation(code)
        with _no_answer_is_unavailable():
            organisation = representation_of(reply, code)
        asked = [(operation, reply)]
        if organisation is not None:
            asked += self._ask_details(code)
        if len(asked) > 1:
            organisation = merge_details(organisation, details_of(asked[1][1], code))
        return LiveAnswer(
            code,
            organisation,
            tuple(name for name, _reply in asked),
            tuple(redacted(reply.root, self._secrets) for _name, reply in asked),
        )

    def look_up(self, code: str) -> LiveAnswer:
        operation = "lihtandmed_v3"
        reply = self._call(
            basic_request(operation, user=self.user, password=self.password, code=code)
        )
        with _no_answer_is_unavailable():
            organisation = basic_of(reply, code)
        kept = redacted(reply.root, self._secrets)
        return LiveAnswer(code, organisation, (operation,), (kept,))

    def _ask_representation(self, code: str) -> tuple[str, Reply]:
        """`esindus_v2` knows joint groups; where it is not offered, `esindus_v1` must do."""
        try:
            return "esindus_v2", self._call(self._esindus("esindus_v2", code))
        except RegisterFault as fault:
            if not _speaks_of(fault, UNKNOWN_OPERATION_WORDS):
                raise
        return "esindus_v1", self._call(self._esindus("esindus_v1", code))

    def _esindus(self, operation: str, code: str) -> bytes:
        return esindus_request(operation, user=self.user, password=self.password, code=code)

    def _ask_details(self, code: str) -> list[tuple[str, Reply]]:
        """Dates stand only here. A register that will not tell them has still answered."""
        for operation in ("detailandmed_v2", "detailandmed_v4"):
            request = details_request(operation, user=self.user, password=self.password, code=code)
            try:
                return [(operation, self._call(request))]
            except RegisterFault as fault:
                if not _speaks_of(fault, UNKNOWN_OPERATION_WORDS):
                    return []
        return []

    @property
    def _secrets(self) -> tuple[str, ...]:
        return tuple(secret for secret in (self.password, self.user) if secret)

    def _call(self, request: bytes) -> Reply:
        with hold_turn(seconds=self.timeout * 4 + 5, patience=self.timeout * 2) as is_ours:
            if not is_ours:
                raise RegisterLimit
            status, content = self._post(request)
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise RegisterLimit
        with _no_answer_is_unavailable():
            reply = read_reply(content)
        if reply.fault:
            raise _refusal(reply.fault)
        if status >= httpx.codes.BAD_REQUEST or reply.body is None:
            raise RegisterUnavailable
        return reply

    def _post(self, request: bytes) -> tuple[int, bytes]:
        for tries_left in reversed(range(CONNECTION_TRIES)):
            try:
                return self._post_once(request)
            except httpx.ConnectError as error:
                if not tries_left:
                    raise RegisterUnavailable from error
                time.sleep(CONNECTION_PAUSE_SECONDS)
            except httpx.HTTPError as error:
                raise RegisterUnavailable from error
        raise RegisterUnavailable

    def _post_once(self, request: bytes) -> tuple[int, bytes]:
        """Post and read, but neither more nor longer than an honest reply takes."""
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        ends = time.monotonic() + self.timeout * 3
        content = b""
        with httpx.stream(
            "POST", self.url, content=request, headers=headers, timeout=self.timeout
        ) as response:
            for part in response.iter_bytes():
                content += part
                if len(content) > MAX_REPLY_BYTES or time.monotonic() > ends:
                    raise RegisterUnavailable
        return response.status_code, content


@contextmanager
def _no_answer_is_unavailable() -> Iterator[None]:
    try:
        yield
    except NotReadable as error:
        raise RegisterUnavailable from error


def _refusal(words: str) -> Refusal:
    """Name a fault. Exact texts are not documented, so they are matched loosely."""
    for refusal, signs in ((RegisterLimit, LIMIT_WORDS), (RegisterRefusesUs, CREDENTIAL_WORDS)):
        if any(sign in words.casefold() for sign in signs):
            return refusal()
    return RegisterFault(words=words)


def _speaks_of(fault: RegisterFault, signs: tuple[str, ...]) -> bool:
    words = str(fault.parameters.get("words", "")).casefold()
    return any(sign in words for sign in signs)


def business_register(*, timeout: float | None = None) -> BusinessRegister | None:
    """Return the configured register; None where there is no contract.

    `timeout` is for those who have less patience than a worker.
    """
    if not settings.REGISTER_URL:
        return None
    patience = settings.REGISTER_TIMEOUT_SECONDS
    return XmlBusinessRegister(
        url=settings.REGISTER_URL,
        user=settings.REGISTER_USER,
        password=settings.REGISTER_PASSWORD,
        timeout=min(timeout or patience, patience),
    )


__all__ = [
    "BusinessRegister",
    "LiveAnswer",
    "RegisterFault",
    "RegisterLimit",
    "RegisterNotSetUp",
    "RegisterRefusesUs",
    "RegisterUnavailable",
    "XmlBusinessRegister",
    "business_register",
]
