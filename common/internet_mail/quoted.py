"""What a letter says itself, and what it only repeats of earlier ones."""

import re

INTRODUCTIONS = re.compile(
    r"""^\W{0,4}(
        On\b.{5,200}\bwrote:                        # On 2 March 2026, Mari wrote:
      | .{0,200}\bkirjutas\b.{0,120}:               # Mari kirjutas 02.03.2026:
      | Kuupäeval\b.{5,200}
      | .{0,200}\bпиш[её]т\b.{0,120}:
      | .{0,200}\bнаписал(а|\(а\))?\b.{0,120}:
      | -{2,}\s*(Original\ Message|Algne\ (kiri|sõnum)|Esialgne\ kiri|Исходное\ сообщение)\s*-{2,}
      | _{20,}
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
HEADER_LINES = re.compile(
    r"^\W{0,3}(From|Sent|To|Cc|Date|Subject|Saatja|Kellelt|Saadetud|Saaja|Adressaat|Kellele|Koopia|Kuupäev|Teema"
    r"|От|Отправлено|Дата|Кому|Копия|Тема)\W{0,3}:.{0,300}$",
    re.IGNORECASE,
)
LONGEST_LINE = 400  # an introduction is short; no pattern is tried on longer lines


def split_quoted(text: str) -> tuple[str, str]:
    """Return what the sender said, and the repeated part that follows it.

    A letter that says nothing of its own (it was passed on), or that answers between the repeated
    lines, is not cut.
    """
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if len(line) <= LONGEST_LINE and _begins_quote(lines, place, line):
            said, quoted = "\n".join(lines[:place]).strip(), "\n".join(lines[place:]).strip()
            return (said, quoted) if said and not _is_answered_inside(lines[place:]) else (text, "")
    return text, ""


def _begins_quote(lines: list[str], place: int, line: str) -> bool:
    if line.startswith(">"):
        return all(not rest.strip() or rest.startswith(">") for rest in lines[place:])
    if INTRODUCTIONS.match(line):
        return True
    block = [rest for rest in lines[place : place + 8] if rest.strip()][:3]
    return len(block) == 3 and all(
        len(rest) <= LONGEST_LINE and HEADER_LINES.match(rest) for rest in block
    )


def _is_answered_inside(lines: list[str]) -> bool:
    """Marked lines follow, and then words that are not marked."""
    marked = [place for place, line in enumerate(lines) if line.startswith(">")]
    if not marked:
        return False
    return any(line.strip() and not line.startswith(">") for line in lines[marked[0] :])
