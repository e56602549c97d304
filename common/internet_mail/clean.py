import re
import unicodedata

# Line ends of every system, and the separators that break a line where nobody sees one.
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# What no database or page takes (controls, half characters), and what turns the reading direction round.
HARMFUL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_text(text: str) -> str:
    """Return text of several lines that a database keeps and a page shows."""
    text = HARMFUL.sub("", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str, longest: int) -> str:
    return " ".join(clean_text(text[: 4 * longest]).split())[:longest].strip()
