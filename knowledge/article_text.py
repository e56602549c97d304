"""The light markup of article bodies, as blocks that a template lays out.

`## ` begins a heading, `- ` and `1. ` list items, `! ` what an official must verify; a blank line
ends a paragraph; **two stars** make words strong. Nothing else has a meaning, and no HTML passes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NUMBERED = re.compile(r"^\d+\. ")
STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Run:
    """Words within a line, strong or not."""

    text: str
    is_strong: bool


@dataclass
class Block:
    """A heading, a paragraph, a list or a note; `lines` are its items or its only line."""

    kind: str  # "heading", "paragraph", "bullets", "steps", "verify"
    lines: list[list[Run]] = field(default_factory=list)


def blocks(body: str) -> list[Block]:
    found: list[Block] = []
    for line in body.splitlines():
        kind, text = _kind_and_text(line.strip())
        if not text:
            found.append(Block("end"))
        elif found and found[-1].kind == kind and kind in {"bullets", "steps"}:
            found[-1].lines.append(list(_runs(text)))
        else:
            found.append(Block(kind, [list(_runs(text))]))
    return [block for block in found if block.kind != "end"]


def _kind_and_text(line: str) -> tuple[str, str]:
    for sign, kind in (("## ", "heading"), ("- ", "bullets"), ("! ", "verify")):
        if line.startswith(sign):
            return kind, line[len(sign) :]
    if NUMBERED.match(line):
        return "steps", NUMBERED.sub("", line)
    return "paragraph", line


def _runs(text: str) -> Iterator[Run]:
    for position, piece in enumerate(STRONG.split(text)):
        if piece:
            yield Run(piece, is_strong=position % 2 == 1)
