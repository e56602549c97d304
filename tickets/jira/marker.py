"""The mark by which we know our own in Jira again, since Jira has no idempotency key.

An issue carries a label that can be searched for; a comment ends with the same words on a line.
"""

import re
from collections.abc import Iterable
from uuid import UUID

PREFIX = "klt-"
PROPERTY = "klt.marker"  # the property of the same meaning, which nobody edits by hand
_LABEL = re.compile(
    r"klt-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)


def label_of(marker: UUID) -> str:
    return f"{PREFIX}{marker}"


def marker_of(labels: Iterable[object]) -> UUID | None:
    """The first marker among the labels of an issue."""
    for label in labels:
        found = _LABEL.fullmatch(label) if isinstance(label, str) else None
        if found:
            return UUID(found[1])
    return None


def marked_comment(text: str, *, author: str, marker: UUID) -> str:
    """A comment as it goes out: who says it, what, and the mark by which it is known again."""
    return f"{author}:\n\n{text}\n\n{label_of(marker)}"


def marker_in_comment(text: str) -> UUID | None:
    """The marker that stands alone on the last line; one that is only spoken of does not count."""
    lines = text.rstrip().splitlines()
    found = _LABEL.fullmatch(lines[-1].strip()) if lines else None
    return UUID(found[1]) if found else None
