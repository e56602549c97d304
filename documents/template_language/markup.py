"""Markup of paper templates: what an administrator types becomes HTML, template tags stay as they are.

    # Title                      heading of the paper
    ## 1. Subject                heading of a section
    1.1. Text                    a clause with its number
    **bold**  *italic*           within a line
    | one | two |                a row of a table; the first row of a table is its head
    an empty line                ends a paragraph or a table

A line that holds only {% … %} belongs to what surrounds it.
"""

import re
from collections.abc import Iterator
from html import escape

TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})")
ONLY_TAGS = re.compile(r"\s*(\{%[^%]*%\}\s*)+$")
CLAUSE = re.compile(r"(\d+(?:\.\d+)*\.)\s+(.*)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
ITALIC = re.compile(r"\*(.+?)\*")


def to_html(source: str) -> str:
    """Return the template as HTML with its tags in place."""
    return "\n".join(_Writer().write(source.splitlines()))


def _text(line: str) -> str:
    """Escape everything but the tags, then set bold and italic."""
    parts = [
        part if number % 2 else escape(part, quote=False)
        for number, part in enumerate(TAG.split(line))
    ]
    # Tags are put aside, so that an asterisk inside one is not markup and markup may hold tags.
    tags = parts[1::2]
    text = "\0".join(parts[0::2])
    text = ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", text))
    pieces = text.split("\0")
    return "".join(
        piece + (tags[number] if number < len(tags) else "") for number, piece in enumerate(pieces)
    )


def _cells(line: str) -> list[str]:
    """Split a row at its bars, but not at a bar inside a tag."""
    parts = TAG.split(line.strip())
    marked = "".join(
        part.replace("|", "\0") if number % 2 else part for number, part in enumerate(parts)
    )
    return [cell.strip().replace("\0", "|") for cell in marked.strip("|").split("|")]


class _Writer:
    def __init__(self) -> None:
        self.open = ""  # "p", "table" or nothing
        self.is_first_row = False

    def write(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            yield from self._line(line.rstrip())
        yield from self._close()

    def _line(self, line: str) -> Iterator[str]:
        if not line:
            yield from self._close()
        elif ONLY_TAGS.match(line):
            yield from self._close() if self.open == "p" else ()
            yield line
        elif line.startswith("|"):
            yield from self._row(line)
        else:
            yield from self._close() if self.open == "table" else ()
            yield from self._paragraph(line)

    def _paragraph(self, line: str) -> Iterator[str]:
        if line.startswith("## "):
            yield from self._close()
            yield f"<h2>{_text(line[3:])}</h2>"
        elif line.startswith("# "):
            yield from self._close()
            yield f"<h1>{_text(line[2:])}</h1>"
        elif clause := CLAUSE.match(line):
            yield from self._close()
            number, text = clause.groups()
            yield f'<p class="clause"><span class="number">{number}</span> {_text(text)}'
            self.open = "p"
        elif self.open == "p":
            yield f"<br>{_text(line)}"
        else:
            yield f"<p>{_text(line)}"
            self.open = "p"

    def _row(self, line: str) -> Iterator[str]:
        if self.open != "table":
            yield from self._close()
            yield "<table><thead>"
            cells = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in _cells(line))
            yield f"<tr>{cells}</tr></thead><tbody>"
            self.open = "table"
            return
        yield "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in _cells(line)) + "</tr>"

    def _close(self) -> Iterator[str]:
        if self.open == "p":
            yield "</p>"
        elif self.open == "table":
            yield "</tbody></table>"
        self.open = ""
