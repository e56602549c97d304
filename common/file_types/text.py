"""Plain text: only letters and line ends, and the whole of it."""

from common.file_types.kinds import ContentNotAccepted

CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(byte in CONTROLS for byte in content)


def check_text(content: bytes) -> None:
    """Raises ContentNotAccepted."""
    if not is_text(content):
        raise ContentNotAccepted("not plain text")
