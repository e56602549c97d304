import struct

from common.file_types.kinds import ContentNotAccepted

MOST_PIXELS = 50_000_000
# Start of a frame: all kinds of it but the tables that share its row of codes.
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_png(content: bytes) -> None:
    """Walk the chunks to the last one. Raises ContentNotAccepted."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise ContentNotAccepted("a PNG without a head")
    _check_pixels(*struct.unpack(">II", content[16:24]))
    at = 8
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if kind == b"IEND" and at <= len(content):
            return
    raise ContentNotAccepted("a PNG without an end")


def check_jpeg(content: bytes) -> None:
    """Walk the segments to the picture's size; it must have an end. Raises ContentNotAccepted."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            break
        kind = content[at + 1]
        if kind in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _check_pixels(width, height)
            if b"\xff\xd9" not in content[at:]:
                break
            return
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise ContentNotAccepted("a JPEG without a frame or an end")


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise ContentNotAccepted("a picture without size")
    if width * height > MOST_PIXELS:
        raise ContentNotAccepted("a picture that unpacks without end", is_dangerous=True)
