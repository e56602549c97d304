"""Atlassian Document Format, in which Jira Cloud keeps texts: plain text into it and out of it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from tickets.jira.reading import LONGEST_TEXT, clean, list_of, part_of, text_of

DEEPEST = 40  # what people write is not nested deeper
MOST_PIECES = 50_000
BREAK = {"type": "hardBreak"}


def adf_from_text(text: str) -> dict[str, object]:
    """A paragraph for each block between blank lines, its lines kept. Markup is not looked for."""
    blocks = "\n".join(clean(text).splitlines()).split("\n\n")
    paragraphs = [_paragraph(block) for block in blocks if block.strip("\n")]
    return {"type": "doc", "version": 1, "content": paragraphs or [{"type": "paragraph"}]}


def _paragraph(block: str) -> dict[str, object]:
    content: list[dict[str, object]] = []
    for line in block.strip("\n").split("\n"):
        if content:
            content.append(dict(BREAK))
        if line:
            content.append({"type": "text", "text": line})
    return {"type": "paragraph", "content": content}


def text_from_adf(document: object) -> str:
    """What a reader would see, as plain text. What is not known is read for the text inside it."""
    if isinstance(document, str):  # v2 in the clothes of v3
        return clean(document).strip()
    pieces = "".join(islice(_pieces(document, 0), MOST_PIECES))[:LONGEST_TEXT]
    lines = [line.rstrip() for line in pieces.splitlines()]
    return _without_gaps(lines).strip("\n")


def _without_gaps(lines: list[str]) -> str:
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept)


def _pieces(node: object, depth: int) -> Iterator[str]:
    if depth > DEEPEST or not isinstance(node, Mapping):
        return
    kind = text_of(node, "type")
    if kind in INLINE:
        yield INLINE[kind](node)
        return
    before, after = AROUND.get(kind, ("", ""))
    if kind in ITEMS_OF:
        yield from _items(node, depth, ITEMS_OF[kind])
        return
    yield before
    for child in list_of(node, "content"):
        yield from _pieces(child, depth + 1)
    yield after


def _items(node: Mapping[str, object], depth: int, mark: str) -> Iterator[str]:
    """A list: each item behind its mark, what is inside it moved in below."""
    for number, item in enumerate(list_of(node, "content"), start=1):
        inside = "".join(islice(_pieces(item, depth + 1), MOST_PIECES)).strip("\n")
        sign = mark.format(number=number, done="x" if _is_done(item) else " ")
        yield sign + _without_gaps(inside.splitlines()).replace("\n\n", "\n").replace("\n", "\n  ")
        yield "\n"
    yield "" if depth > 1 else "\n"


def _is_done(item: object) -> bool:
    return text_of(item, "attrs", "state") == "DONE"


def _text(node: object) -> str:
    """A text; where it is a link that does not show its address, the address as well."""
    text = text_of(node, "text")
    for mark in list_of(node, "marks"):
        address = text_of(mark, "attrs", "href")
        if text_of(mark, "type") == "link" and address and address not in text:
            text = f"{text} ({address})"
    return text


def _date(node: object) -> str:
    stamp = part_of(node, "attrs", "timestamp")
    try:
        moment = dt.datetime.fromtimestamp(int(str(stamp)) / 1000, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.date().isoformat()


def _named(*names: str) -> Callable[[object], str]:
    return lambda node: next(filter(None, (text_of(node, "attrs", name) for name in names)), "")


def _file(node: object) -> str:
    return f"[{text_of(node, 'attrs', 'alt') or 'file'}]"


INLINE: dict[str, Callable[[object], str]] = {
    "text": _text,
    "hardBreak": lambda node: "\n",
    "mention": _named("text", "id"),
    "emoji": _named("text", "shortName"),
    "inlineCard": _named("url"),
    "blockCard": _named("url"),
    "embedCard": _named("url"),
    "status": _named("text"),
    "date": _date,
    "media": _file,
    "mediaInline": _file,
    "rule": lambda node: "----\n\n",
}
AROUND = {
    "paragraph": ("", "\n\n"),
    "heading": ("", "\n\n"),
    "codeBlock": ("", "\n\n"),
    "blockquote": ("", "\n\n"),
    "panel": ("", "\n\n"),
    "mediaSingle": ("", "\n\n"),
    "mediaGroup": ("", "\n\n"),
    "table": ("", "\n\n"),
    "tableRow": ("", "\n"),
    "tableCell": ("", " | "),
    "tableHeader": ("", " | "),
    "caption": ("\n", ""),
}
ITEMS_OF = {
    "bulletList": "- ",
    "orderedList": "{number}. ",
    "taskList": "[{done}] ",
    "decisionList": "> ",
}
