"""Letters that came back (RFC 3464), also in the forms that servers used before it."""

import re
from dataclasses import dataclass
from email.message import Message

from common.internet_mail import headers
from common.internet_mail.charsets import decoded
from common.internet_mail.clean import clean_line
from common.internet_mail.contents import content_of, inner_parts

RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})
ID_LINE = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,240}>)", re.IGNORECASE | re.MULTILINE)
MOST_TEXT = 200_000


@dataclass(frozen=True)
class Bounce:
    """What the mail server said of a letter of ours."""

    message_ids: tuple[str, ...]  # of the letter it speaks of
    is_final: bool  # it will never arrive; else it was only held up, or did arrive
    status: str  # 5.1.1
    words: str


def bounce_of(leaves: list[Message]) -> Bounce:
    """Read the parts of a letter that tells of another one."""
    actions, status, said = [], "", ""
    ids: list[str] = []
    for part in leaves:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in blocks(part):
                actions += [headers.line(block, "Action", 20).lower()]
                status = status or headers.line(block, "Status", 12)
                said = said or headers.line(block, "Diagnostic-Code", 300)
        elif kind in RETURNED or kind.startswith("text/"):
            ids += ids_in(part)
    told = [action for action in actions if action]
    # Without a word of what happened, only a server of the old kind wrote it: it does so when it gives up.
    is_final = "failed" in told or not told
    return Bounce(tuple(dict.fromkeys(ids)), is_final, status, clean_line(said, 300))


def blocks(part: Message) -> list[Message]:
    return inner_parts(part)[:50]


def ids_in(part: Message) -> list[str]:
    """Message-IDs of what was sent back, as headers or as lines of text."""
    if part.is_multipart():
        return [
            found
            for inner in inner_parts(part)[:5]
            for found in headers.message_ids(inner, "Message-ID")
        ]
    return ID_LINE.findall(decoded(content_of(part)[:MOST_TEXT], None))
