"""Keep a small demo database of a stage in tests/upgrades/STAGE/, for both engines.

python scripts/upgrade_fixture.py STAGE
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.test import PYTHON, ROOT, postgresql

SMALL = ["--inquiries", "300", "--clients", "120"]


def manage(variables: dict[str, str], *words: str) -> None:
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    command = [PYTHON, "scripts/with_env.py", "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env={**given, **variables}, check=True)


def fill(variables: dict[str, str]) -> None:
    manage(variables, "migrate", "--noinput", "-v0")
    manage(variables, "demo", *SMALL)


def keep_sqlite(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill({"VAR_DIR": folder})
        database = Path(folder) / "servicedesk.sqlite3"
        small = Path(folder) / "small.sqlite3"
        code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])"
        subprocess.run([PYTHON, "-c", code, str(database), str(small)], check=True)
        with small.open("rb") as source, gzip.open(target / "demo.sqlite3.gz", "wb", 9) as kept:
            shutil.copyfileobj(source, kept)


def keep_postgresql(target: Path) -> None:
    with postgresql() as server, tempfile.TemporaryDirectory() as folder:
        if server is None:
            raise SystemExit("PostgreSQL is needed (apt-get install postgresql)")
        name = "servicedesk_upgrade_fixture"
        for command in (f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'):
            subprocess.run(["psql", "-q", server, "-c", command], check=True)
        address = f"{server.rsplit('/', 1)[0]}/{name}"
        fill({"VAR_DIR": folder, "DATABASE_URL": address})
        dump = ["pg_dump", "--no-owner", "--no-privileges", "--format=plain", address]
        text = subprocess.run(dump, check=True, capture_output=True).stdout
        with gzip.open(target / "demo.sql.gz", "wb", 9) as kept:
            kept.write(text)
        subprocess.run(["psql", "-q", server, "-c", f'DROP DATABASE "{name}"'], check=True)


def main() -> None:
    target = ROOT / "tests" / "upgrades" / sys.argv[1]
    target.mkdir(parents=True, exist_ok=True)
    keep_sqlite(target)
    keep_postgresql(target)
    for kept in sorted(target.iterdir()):
        print(f"{kept.relative_to(ROOT)}: {kept.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
