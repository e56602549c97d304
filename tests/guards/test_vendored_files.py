"""Files of others stand here as they were taken; CHECKSUMS says which, static/vendor/README.md from where."""

from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_the_ones_that_were_taken(folder):
    noted = dict(
        reversed(line.split(maxsplit=1)) for line in (folder / "CHECKSUMS").read_text().splitlines()
    )

    found = {
        f"./{path.relative_to(folder).as_posix()}": sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"CHECKSUMS", "README.md"}
    }

    assert found == noted
