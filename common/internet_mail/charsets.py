"""Bytes to text when the charset is missing, wrong or nonsense."""

import codecs
import re

# Only these families are looked up: others are no text (base64), are slow on purpose (punycode) or
# hide what they say (utf-7).
FAMILIES = re.compile(
    r"utf_?(8|16|32)\w*|iso_?8859_\d+|latin_?\w*|windows_125\d|cp\d+|koi8_\w|mac_?\w+|ascii|us_ascii"
    r"|gb\w+|big5\w*|shift_?jis\w*|euc_\w+|iso2022_\w+|tis_?620",
)
WIDE = re.compile(r"utf_?(16|32)|iso2022|gb|big5|shift|euc")
CYRILLIC_SHARE = 0.4  # of letters beyond ASCII: Russian is nearly all of them, Estonian a few


def decoded(content: bytes, declared: str | None) -> str:
    """Return the text of the bytes; what cannot be read becomes the replacement character."""
    name = _known(declared)
    if content.isascii() and not (name and WIDE.match(name)):
        return content.decode("ascii")
    if not (name and WIDE.match(name)):
        # Bytes beyond ASCII that are whole UTF-8 are that, whatever the letter says.
        text = _tried(content, "utf_8")
        if text is not None:
            return text
    if name and name not in {"utf_8", "ascii", "us_ascii"}:
        text = _tried(content, name)
        if text is not None:
            return text
    if name in {"utf_8", None, "ascii", "us_ascii"} and _is_mostly_utf8(content):
        return content.decode("utf-8", "replace")
    return content.decode(_likely(content), "replace")


def _known(declared: str | None) -> str | None:
    name = re.sub(r"\W+", "_", (declared or "").strip().lower()[:40], flags=re.ASCII).strip("_")
    if not FAMILIES.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        return None


def _tried(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, ValueError):
        return None


def _is_mostly_utf8(content: bytes) -> bool:
    """Cut or spoilt UTF-8: of what stands beyond ASCII nearly all can be read."""
    text = content.decode("utf-8", "replace")
    beyond = sum(not sign.isascii() for sign in text)
    return beyond > 0 and text.count("\ufffd") / beyond < 0.2


def _likely(content: bytes) -> str:
    """Which of the old single-byte charsets of our clients it is."""
    letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in content)
    high = [byte for byte in content if byte >= 0xC0]
    if len(high) < CYRILLIC_SHARE * (letters + len(high)):
        return "cp1257"
    # Small letters stand in the upper half of windows-1251 and in the lower half of KOI8-R.
    return "cp1251" if sum(byte >= 0xE0 for byte in high) * 2 > len(high) else "koi8_r"
