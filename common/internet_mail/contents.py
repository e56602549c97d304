"""What a part holds. The standard library's text of a part is never asked for: it looks up whatever
charset the letter names, also those that are slow on purpose."""

from email.message import Message


def inner_parts(part: Message) -> list[Message]:
    if not part.is_multipart():
        return []
    return [inner for inner in part.get_payload() if isinstance(inner, Message)]


def content_of(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone as far as it can be."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        return b""
    return content if isinstance(content, bytes) else b""
