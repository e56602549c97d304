"""Takes values out of JSON that others wrote; what is not as it should be reads as nothing."""

import datetime as dt
import json
from collections.abc import Mapping

LONGEST_TEXT = 200_000  # no text field of Jira's is longer
LONGEST_NAME = 255


def read_json(raw: bytes | str) -> object:
    """Return what was written; None where it is no JSON."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def part_of(tree: object, *path: str) -> object:
    """What stands at the end of the path; None where the path breaks off."""
    for name in path:
        if not isinstance(tree, Mapping):
            return None
        tree = tree.get(name)
    return tree


def list_of(tree: object, *path: str) -> list[object]:
    found = part_of(tree, *path)
    return found if isinstance(found, list) else []


def text_of(tree: object, *path: str, longest: int = LONGEST_TEXT) -> str:
    """The text, fit to be kept: no NUL, no half of a surrogate pair. A number is its digits."""
    found = part_of(tree, *path)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**30:
        found = str(found)
    return clean(found)[:longest] if isinstance(found, str) else ""


def clean(text: str) -> str:
    text = text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def name_of(tree: object, *path: str) -> str:
    return text_of(tree, *path, longest=LONGEST_NAME).strip()


def moment_of(tree: object, *path: str) -> dt.datetime | None:
    """`2026-11-22T12:34:56.789+0200` as a moment in UTC; None without a time zone or when broken."""
    text = text_of(tree, *path, longest=40)
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def moment_of_milliseconds(tree: object, *path: str) -> dt.datetime | None:
    found = part_of(tree, *path)
    if not isinstance(found, int) or isinstance(found, bool):
        return None
    try:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=found)
    except OverflowError:
        return None
