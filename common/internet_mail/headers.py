"""Single headers: decoded, bounded, never believed."""

import binascii
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from common.internet_mail.charsets import decoded
from common.internet_mail.clean import clean_line

LONGEST = 4_000  # of a header that we look at
MOST_ADDRESSES = 50
LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,240}>")


def raw(message: Message, name: str) -> list[str]:
    """Every header of a name as it stands, the beginning of each."""
    wanted = name.lower()
    return [
        str(value)[:LONGEST] for key, value in message.raw_items() if str(key).lower() == wanted
    ]


def line(message: Message, name: str, longest: int = 500) -> str:
    """The first header of a name, in words, on one line."""
    for value in raw(message, name):
        return clean_line(words(value), longest)
    return ""


def words(value: str) -> str:
    """Decode encoded words (RFC 2047); what is broken stays as it stands."""
    plain = decoded(value.encode("utf-8", "surrogateescape"), None)
    if "=?" not in plain:
        return plain
    try:
        pieces = decode_header(plain.replace("\r", "").replace("\n", ""))
    except (HeaderParseError, binascii.Error, ValueError, UnicodeError):
        return plain
    return "".join(_piece(content, charset) for content, charset in pieces)


def _piece(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    if charset is None:  # between encoded words the standard library gives its own escapes
        try:
            return content.decode("raw-unicode-escape")
        except UnicodeError:
            return content.decode("latin-1")
    return decoded(content, charset)


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Name and address of everybody whom these headers name, addresses in small letters."""
    found = []
    for name in names:
        for value in raw(message, name):
            plain = decoded(value.encode("utf-8", "surrogateescape"), None)
            try:
                pairs = getaddresses([" ".join(plain.split())])
            except (ValueError, IndexError, AttributeError, RecursionError):
                pairs = []
            if not any(is_address(address) for _shown, address in pairs):
                pairs = [("", match) for match in ADDRESS.findall(plain)]
            found.extend(pairs[:MOST_ADDRESSES])
    return [
        (clean_line(words(shown), 150), address.lower())
        for shown, address in found[:MOST_ADDRESSES]
        if is_address(address)
    ]


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and text.isprintable() and bool(ADDRESS.fullmatch(text))


def message_ids(message: Message, *names: str) -> list[str]:
    """Message-IDs in these headers, each once, the nearest (the last of References) last."""
    found = [
        match
        for name in names
        for value in raw(message, name)
        for match in MESSAGE_ID.findall(value)
    ]
    return [one for one in dict.fromkeys(found) if one.isascii() and one.isprintable()]
