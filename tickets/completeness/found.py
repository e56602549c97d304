"""Facts that stand in the text already, so that nobody types them twice."""

import re
from collections.abc import Iterable, Mapping

# Series by which permits, registrations and applications are numbered; others need the word beside them.
PERMIT = re.compile(
    r"\b(?:L\.[A-ZÄÖÕÜ]{1,3}[/.-]?\d[\w./-]*"
    r"|T-[A-ZÄÖÕÜ]{1,4}/\d[\w./-]*\d"
    r"|(?:KL|KKL|KMIN|KTL|PH|JÄ|VV|VT|VK|MU|MK|ÕV|KH|MT|RG|KR)[-/]\d[\w./-]*\d"
    r"|(?:\w*taotlus\w*|\w*lu[bv]a\w*|\w*loa|\w*loal\w{0,2}|\w*registreering\w*|permit|licence|license|application"
    r"|разрешени\w+|заявлени\w+|ходатайств\w+)"
    r"\s+(?:(?:nr|no|number|№)\.?\s*)?(?:\d{5,}\b|\d\d/\d{3,}\b|[A-ZÄÖÕÜ][a-zäöõü]{2,4}-\d{2,}\b|[A-ZÄÖÕÜ]{1,5}[-/]\d[\w./-]*\d))",
)
CADASTRAL = re.compile(r"\b\d{5}:\d{3}:\d{4}\b")
BROWSER = re.compile(
    r"\b(?:Google )?(Chrome|Firefox|Edge|Safari|Opera|Brave|Vivaldi)\w*(?:\s+\d[\d.]*)?",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:pea|tava)kasutaja(?:na|ks)?\b|\b(?:главный|основной|обычный) пользователь\b|\b(?:main|regular) user\b",
    re.IGNORECASE,
)
# A day with its clock; "last week it still worked" is none.
HAPPENED = re.compile(
    r"\b(?:täna|eile|сегодня|вчера|today|yesterday)(?:,? (?:hommikul|õhtul|lõunal|утром|вечером|днем|днём|morning|evening))?"
    r",? (?:umbes |kella? |kl |около |в |примерно |at |around |about )*\d{1,2}(?:[.:]\d\d)?\b"
    r"|\balates (?:eilsest|tänasest)\b|\bсо? вчерашнего дня\b|\bsince yesterday\b",
    re.IGNORECASE,
)
PATTERNS = {
    "permit_number": PERMIT,
    "place": CADASTRAL,
    "browser": BROWSER,
    "user_role": ROLE,
    "happened": HAPPENED,
}


def found_in_texts(texts: Iterable[str], facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that are not given and stand in one of the texts."""
    whole = "\n".join(texts)
    found = {name: pattern.search(whole) for name, pattern in PATTERNS.items()}
    return {
        name: match[0].rstrip(".,;")
        for name, match in found.items()
        if match and not facts.get(name, "").strip()
    }
