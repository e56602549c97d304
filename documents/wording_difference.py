"""How one wording of a paper differs from another, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

AROUND = 1  # lines shown before and after each change, to find one's place


class Change(Enum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"  # lines that both have and that are not shown


@dataclass(frozen=True)
class Piece:
    """Some words of a line, and whether the other wording lacks them."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class DifferenceLine:
    change: Change
    pieces: tuple[Piece, ...] = ()

    @property
    def is_removed(self) -> bool:
        return self.change == Change.REMOVED

    @property
    def is_added(self) -> bool:
        return self.change == Change.ADDED

    @property
    def is_skipped(self) -> bool:
        return self.change == Change.SKIPPED


def difference(before: str, after: str) -> list[DifferenceLine]:
    """Return the changed lines with their neighbours; nothing if both say the same."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[DifferenceLine] = []
    reached = 0  # of the old lines
    for group in _matcher(old, new).get_grouped_opcodes(AROUND):
        if group[0][1] > reached:
            lines.append(DifferenceLine(Change.SKIPPED))
        for tag, i1, i2, j1, j2 in group:
            lines += _lines(tag, old[i1:i2], new[j1:j2])
            reached = i2
    if lines and reached < len(old):
        lines.append(DifferenceLine(Change.SKIPPED))
    return lines


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _lines(tag: str, old: Sequence[str], new: Sequence[str]) -> Iterator[DifferenceLine]:
    if tag == "equal":
        for line in old:
            yield DifferenceLine(Change.SAME, (Piece(line),))
    elif tag == "replace" and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield DifferenceLine(Change.REMOVED, _marked(one, other))
            yield DifferenceLine(Change.ADDED, _marked(other, one))
    else:
        for line in old:
            yield DifferenceLine(Change.REMOVED, (Piece(line),))
        for line in new:
            yield DifferenceLine(Change.ADDED, (Piece(line),))


def _marked(line: str, other: str) -> tuple[Piece, ...]:
    """The line in pieces, with the words marked that the other one lacks."""
    words = line.split(" ")
    pieces = [
        Piece(" ".join(words[i1:i2]), is_marked=tag != "equal")
        for tag, i1, i2, _j1, _j2 in _matcher(words, other.split(" ")).get_opcodes()
        if i2 > i1
    ]
    return tuple(pieces)
