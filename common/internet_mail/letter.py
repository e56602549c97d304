import email
import email.policy
import re
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.message import Message

from common.internet_mail import headers
from common.internet_mail.automatic import Kind, is_from_machine, kind_of
from common.internet_mail.bounces import Bounce, bounce_of
from common.internet_mail.charsets import decoded
from common.internet_mail.clean import clean_line, clean_text
from common.internet_mail.contents import content_of, inner_parts
from common.internet_mail.html_text import text_of_html

MOST_NESTED = 40  # multiparts and letters within the letter, all together
MOST_PARTS = 300
LONGEST_HEAD = 400_000  # bytes before the first empty line
LONGEST_TEXT = 19_000  # characters that stand in a thread; the whole goes along as a file
LONGEST_WHOLE = 2_000_000
HEAD_KEPT = 60_000
NESTING = re.compile(rb"multipart/|message/rfc822|message/global", re.IGNORECASE)
HEAD_END = re.compile(rb"\r?\n\r?\n")
NO_REPLY = re.compile(r"^(no|do-?not|mitte)[-_.]?(reply|vasta)", re.IGNORECASE)


class TooTangled(Exception):
    """The letter is built so that reading it would cost more than any honest one does."""


# What a signed mail carries beside its words (RFC 8551, RFC 3156).
SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    is_signature: bool = False  # over the mail, by S/MIME or OpenPGP: no file that anybody sent us


@dataclass(frozen=True)
class Letter:
    """What was found in a letter."""

    kind: Kind = Kind.PERSONAL
    sender_name: str = ""
    sender_address: str = ""  # empty where none can be read
    recipients: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    refers_to: tuple[str, ...] = ()  # Message-IDs of the letters it answers, the nearest last
    text: str = ""
    whole_text: str = ""  # only where the text above had to be cut
    attachments: tuple[Attachment, ...] = ()
    bounce: Bounce | None = None


@dataclass
class _Found:
    """What one part of a letter holds."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.text if self.text.strip() else text_of_html(self.html)


def read_letter(raw: bytes) -> Letter:
    """Read a letter. Raises TooTangled; `read_head` reads those, too."""
    head = HEAD_END.split(raw[: LONGEST_HEAD + 4], maxsplit=1)[0]
    is_tangled = len(head) > LONGEST_HEAD or len(NESTING.findall(raw)) > MOST_NESTED
    if is_tangled:
        raise TooTangled
    # compat32 reads a header only when it is asked for, and as it stands: the newer policies parse
    # each one by a grammar that takes seconds for some and falls over others.
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        return _letter(message)
    except (RecursionError, MessageError) as error:
        raise TooTangled from error


def read_head(raw: bytes) -> Letter:
    """Read who wrote and about what, and nothing else: for letters that are not to be read further."""
    head = HEAD_END.split(raw[:HEAD_KEPT], maxsplit=1)[0]
    return _head(email.message_from_bytes(head, policy=email.policy.compat32))


def _letter(message: Message) -> Letter:
    leaves = _leaves(message)
    kind = kind_of(message)
    if kind == Kind.BOUNCE:
        head = _head(message)
        return replace(head, kind=kind, bounce=_told_by(message, head, bounce_of(leaves)))
    found = _read(message)
    text = clean_text(found.words.lstrip()[:LONGEST_WHOLE]).strip()
    return replace(
        _head(message),
        kind=kind,
        text=text[:LONGEST_TEXT],
        whole_text=text if len(text) > LONGEST_TEXT else "",
        attachments=tuple(found.attachments),
    )


def _told_by(message: Message, head: Letter, bounce: Bounce) -> Bounce:
    """Some servers send nothing back and name the letter in the head alone. People there write too."""
    if bounce.message_ids or not is_from_machine(message):
        return bounce
    return replace(bounce, message_ids=head.refers_to)


def _head(message: Message) -> Letter:
    name, address = _sender(message)
    own = headers.message_ids(message, "Message-ID")
    known = headers.addresses(message, "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
    return Letter(
        sender_name=name,
        sender_address=address,
        recipients=tuple(dict.fromkeys(found for _name, found in known)),
        subject=headers.line(message, "Subject", 250),
        message_id=own[0] if own else "",
        refers_to=tuple(headers.message_ids(message, "References", "In-Reply-To")),
    )


def _sender(message: Message) -> tuple[str, str]:
    """Who wrote; where a form of somebody's site sends for a person, that person."""
    senders = headers.addresses(message, "From") or headers.addresses(message, "Sender")
    name, address = senders[0] if senders else (headers.line(message, "From", 150), "")
    if not address or NO_REPLY.match(address):
        replies = headers.addresses(message, "Reply-To")
        if replies:
            return replies[0][0] or name, replies[0][1]
    return name, address


def _leaves(message: Message) -> list[Message]:
    """Every part, walked without recursion."""
    found, waiting = [], [message]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if len(found) > MOST_PARTS:
            raise TooTangled
        if part.get_content_type() != "message/delivery-status":
            waiting += reversed(inner_parts(part))
    return found


def _read(part: Message) -> _Found:
    kind = part.get_content_type()
    parts = inner_parts(part)
    if part.is_multipart():
        inner = [_read(one) for one in parts]
        if kind.startswith("message/"):
            return _passed_on(parts, inner)
        return _alternative(inner) if kind == "multipart/alternative" else _mixed(inner)
    name = _file_name(part)
    if not name and kind in {"text/plain", "text/html"} and not _is_attached(part):
        words = decoded(content_of(part), _charset(part))
        return _Found(html=words) if kind == "text/html" else _Found(text=words)
    content = content_of(part)
    if not name and not content.strip():
        return _Found()
    attachment = Attachment(name or _invented_name(kind), content, kind in SIGNATURES)
    return _Found(attachments=[attachment])


def _alternative(inner: list[_Found]) -> _Found:
    """The same said several ways: the plain one is taken where it says anything."""
    return _Found(
        text=next((one.text for one in inner if one.text.strip()), ""),
        html=next((one.html for one in reversed(inner) if one.html.strip()), ""),
        attachments=[file for one in inner for file in one.attachments],
    )


def _mixed(inner: list[_Found]) -> _Found:
    return _Found(
        text="\n\n".join(one.words for one in inner if one.words.strip()),
        attachments=[file for one in inner for file in one.attachments],
    )


def _passed_on(parts: list[Message], inner: list[_Found]) -> _Found:
    """A letter inside the letter: its words are read with it, under who wrote it and about what."""
    said = [
        "\n".join(
            [
                *(f"{name}: {headers.line(one, name)}" for name in ("From", "Date", "Subject")),
                "",
                found.words,
            ]
        )
        for one, found in zip(parts, inner, strict=True)
    ]
    return _Found(
        text="\n\n".join(said), attachments=[file for one in inner for file in one.attachments]
    )


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None


def _is_attached(part: Message) -> bool:
    return headers.line(part, "Content-Disposition", 40).lower().startswith("attachment")


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename("")
    except (LookupError, ValueError, TypeError):
        name = ""
    return clean_line(headers.words(str(name)[:1_000]), 150)


def _invented_name(kind: str) -> str:
    """A name for a part without one; what it is will be told by its content."""
    return clean_line(kind.replace("/", " "), 60) or "file"
