"""The word lists as they lie in `words/`."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def lines(name: str) -> Iterator[str]:
    """The lines of a list, without comments and empty ones."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@lru_cache(maxsize=1)
def stamp() -> str:
    """A few letters that change with any list and with the code that reads them."""
    told = hashlib.sha256()
    for path in sorted((*FOLDER.glob("*.txt"), *FOLDER.parent.glob("*.py"))):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
