"""HTML read as text: it is parsed as a stream, never rendered and never built as a tree."""

import re

from lxml import etree

LONGEST = 2_000_000  # bytes of HTML that are read; a letter of a hundred pages has less
UNSEEN = frozenset(
    ["head", "script", "style", "title", "template", "object", "svg", "math", "noscript", "iframe"]
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "table",
        "tr",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "form",
        "fieldset",
        "hr",
        "dl",
        "dt",
        "dd",
        "address",
        "center",
        "body",
    ]
)
SPACED = frozenset(
    ["p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl"]
)
LONGEST_LINK = 50  # pieces of the words over a link that are compared with where it leads
MARK = "\x1e"  # a line end of ours, told from those of the source, which mean nothing
SPACES = re.compile(r"[^\S\x1e]+")


class _Words:
    """Gathers what a reader would see."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.unseen = 0
        self.line_ends = 0  # that stand at the end of what was said
        self.links: list[tuple[str, int]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br" or tag in BLOCKS:
            self._break(tag)
            if tag == "li":
                self._say("- ")
        elif tag in {"td", "th"}:
            self._say("  ")
        elif tag == "img" and not self.unseen:
            self._say(attributes.get("alt") or "")
        elif tag == "a":
            self.links.append((attributes.get("href") or "", len(self.said)))

    def end(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in BLOCKS:
            self._break(tag)
        elif tag == "a" and self.links:
            address, since = self.links.pop()
            self._tell_address(address.strip(), "".join(self.said[since : since + LONGEST_LINK]))

    def data(self, text: str) -> None:
        if not self.unseen:
            self._say(text.replace(MARK, " "))

    def comment(self, text: str) -> None:
        pass

    def pi(self, target: str, content: str | None = None) -> None:
        pass

    def close(self) -> str:
        return "".join(self.said)

    def _break(self, tag: str) -> None:
        """As many line ends as the block asks for, not counting those that stand there already."""
        missing = 1 if tag == "br" else max(0, (2 if tag in SPACED else 1) - self.line_ends)
        self.said.append(MARK * missing)
        self.line_ends += missing

    def _say(self, text: str) -> None:
        self.said.append(text)
        if text.strip():
            self.line_ends = 0

    def _tell_address(self, address: str, shown: str) -> None:
        """Where a link leads is said, since the words over it may say something else."""
        is_web = address.lower().startswith(("http://", "https://"))
        if is_web and address.rstrip("/") not in shown and not self.unseen:
            self._say(f" <{address[:500]}>")


def text_of_html(html: str) -> str:
    parser = etree.HTMLParser(target=_Words(), huge_tree=True, encoding="utf-8", no_network=True)
    try:
        parser.feed(html.encode("utf-8", "replace")[:LONGEST])
        said = str(parser.close())
    except etree.LxmlError:  # an empty document, or one that the parser gives up
        return ""
    lines = [SPACES.sub(" ", line).strip() for line in said.split(MARK)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
