"""Articles as files: `seed/articles/<code>.<language>.md`, a head of `name: value` lines, a body."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ArticleText:
    code: str
    language: str
    title: str
    law_reference: str
    topics: list[str]  # codes
    body: str


def read_articles(folder: Path) -> Iterator[ArticleText]:
    for path in sorted(folder.glob("*.md")):
        code, language = path.stem.rsplit(".", 1)
        head_text, _line, body = path.read_text(encoding="utf-8").partition("\n---\n")
        head = dict(line.split(": ", 1) for line in head_text.splitlines() if ": " in line)
        yield ArticleText(
            code=code,
            language=language,
            title=head["title"],
            law_reference=head.get("law", ""),
            topics=head["topics"].split(),
            body=body.strip(),
        )
