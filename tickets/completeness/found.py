"""Facts that stand in the text already, so that nobody types them twice."""

import re
from collections.abc import Iterable, Mapping

PERMIT = re.compile(
    r"\b(?:L\.[A-ZÄÖÕÜ]{1,3}[/.-]?\d[\w./-]*|[A-ZÄÖÕÜ]{1,5}(?:-[A-ZÄÖÕÜ]{1,5})?[-/]\d[\w./-]*\d|(?:taotlus\w*|luba|loa)\s+(?:nr\s*)?\d{5,})",
)
CADASTRAL = re.compile(r"\b\d{5}:\d{3}:\d{4}\b")
BROWSER = re.compile(
    r"\b(?:Google )?(Chrome|Firefox|Edge|Safari|Opera|Brave|Vivaldi)\w*(?:\s+\d[\d.]*)?",
    re.IGNORECASE,
)
PATTERNS = {"permit_number": PERMIT, "place": CADASTRAL, "browser": BROWSER}


def found_in_texts(texts: Iterable[str], facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are not given and stand in one of the texts."""
    whole = "\n".join(texts)
    found = {name: pattern.search(whole) for name, pattern in PATTERNS.items()}
    return {
        name: match[0].rstrip(".,;")
        for name, match in found.items()
        if match and not facts.get(name, "").strip()
    }
