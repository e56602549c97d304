"""Letters that no person wrote (RFC 3834, RFC 3464, and what programs did before them)."""

import re
from email.message import Message
from enum import Enum

from common.internet_mail import headers


class Kind(Enum):
    PERSONAL = "personal"
    BOUNCE = "bounce"  # tells of a letter that did not arrive
    AUTO_REPLY = "auto_reply"  # answers a letter: away, received
    AUTOMATIC = "automatic"  # a program, a mailing list


DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)
REPLYING = ("X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply")
LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "X-Mailing-List", "Feedback-ID")
AWAY = re.compile(
    r"^\W*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|automaatvastus|"
    r"automaatne vastus|автоответ|автоматический ответ)\b"
    # "Puhkusel olles leidsin …" is what a person writes.
    r"|^\W*puhkusel\s*($|[:(,.–-]|\d|kuni\b|alates\b)",
    re.IGNORECASE,
)


def kind_of(message: Message) -> Kind:
    if is_bounce(message):
        return Kind.BOUNCE
    submitted = _word(message, "Auto-Submitted")
    precedence = _word(message, "Precedence")
    is_reply = (
        submitted.startswith("auto-replied")
        or precedence == "auto_reply"
        or any(headers.raw(message, name) for name in REPLYING)
        or bool(AWAY.match(headers.line(message, "Subject")))
    )
    if is_reply:
        return Kind.AUTO_REPLY
    is_machine = (
        submitted not in {"", "no"}
        or message.get_content_type()
        == "multipart/report"  # read, or complained of: RFC 8098, 5965
        or precedence in {"bulk", "junk", "list"}
        or any(headers.raw(message, name) for name in LISTS)
        or has_no_return(message)
    )
    return Kind.AUTOMATIC if is_machine else Kind.PERSONAL


def is_bounce(message: Message) -> bool:
    if message.get_content_type() == "multipart/report":
        return "delivery-status" in _parameter(message, "report-type")
    senders = headers.addresses(message, "From")
    from_daemon = bool(senders) and bool(DAEMON.match(senders[0][1]))
    return from_daemon or bool(headers.raw(message, "X-Failed-Recipients"))


def is_from_machine(message: Message) -> bool:
    """Whether the letter says itself that no person sent it."""
    return has_no_return(message) or _word(message, "Auto-Submitted") not in {"", "no"}


def has_no_return(message: Message) -> bool:
    """The null return path: whoever sent it asks for no answer (RFC 5321, 4.5.5)."""
    return any(value.strip() == "<>" for value in headers.raw(message, "Return-Path"))


def _word(message: Message, name: str) -> str:
    return headers.line(message, name, 60).lower().partition(";")[0].strip()


def _parameter(message: Message, name: str) -> str:
    for value in headers.raw(message, "Content-Type"):
        match = re.search(rf"{name}\s*=\s*\"?([\w-]+)", value, re.IGNORECASE)
        if match:
            return match.group(1).lower()
    return ""
