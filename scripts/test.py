"""`make test`: the suite on SQLite, on PostgreSQL, and the browser stories.

What is missing is skipped with one loud line that says how to get it; with REQUIRE_ALL=1 (CI) a
missing part fails the run.
"""

import argparse
import glob
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
PLAIN_OPTIONS = "addopts=-p tests.environment --strict-markers"
CORES = str(os.cpu_count() or 2)
# Many tests wait for a server or a worker; one process more than cores uses that time.
PROCESSES = str(int(CORES) + 1)
MOST_PLAYED_AGAIN = 3


def say(text: str) -> None:
    print(f"\n==> {text}", flush=True)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def reachable(address: str) -> bool:
    code = "import sys, psycopg2; psycopg2.connect(sys.argv[1], connect_timeout=3).close()"
    done = subprocess.run([PYTHON, "-c", code, address], capture_output=True, check=False)
    return done.returncode == 0


def binaries() -> Path | None:
    """Where PostgreSQL's own programs are, if they are installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if found:
        return Path(found[-1]).parent
    path = shutil.which("initdb")
    return Path(path).parent if path else None


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Give the address of a server: the one named, one that is running, or a throw-away cluster."""
    for address in (
        os.environ.get("TEST_DATABASE_URL", ""),
        "postgres://postgres@127.0.0.1:5432/postgres",
    ):
        if address and reachable(address):
            yield address
            return
    programs = binaries()
    if programs is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        # The server refuses to run as root.
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        subprocess.run(
            [*as_user, str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False)


def browser() -> str | None:
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return shutil.which(name)
    return None


def manage(variables: dict[str, str], *words: str) -> None:
    given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    command = [PYTHON, "scripts/with_env.py", "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env={**given, **variables}, check=True)


class Migrated:
    """Empty migrated databases, made once and copied for each process of each run.

    Migrating costs half a minute; every process of each run would pay it.
    """

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.sqlite = self.folder / "servicedesk.sqlite3"
        self.has_server = False
        self.workers = [f"_gw{number}" for number in range(int(PROCESSES))]
        checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        self.name = f"test_servicedesk_{checkout}"  # as servicedesk.databases names it

    def make(self, addresses: set[str]) -> None:
        """Make one of each engine, side by side."""
        with ThreadPoolExecutor() as side_by_side:
            list(side_by_side.map(self._make, addresses))

    def _make(self, address: str) -> None:
        variables = {"VAR_DIR": str(self.folder)}
        if address:
            template = f"{self.name}_template"
            sql(address, f'DROP DATABASE IF EXISTS "{template}"', f'CREATE DATABASE "{template}"')
            variables["DATABASE_URL"] = f"{address.rsplit('/', 1)[0]}/{template}"
            self.has_server = True
        manage(variables, "migrate", "--noinput", "-v0")

    def where(self, address: str) -> str:
        """The file, or the name of the template, for a test that wants a database of its own."""
        return f"{self.name}_template" if address else str(self.sqlite)

    def copy(self, address: str) -> None:
        workers = ["", *self.workers]
        if address:
            for worker in workers:
                name = f"{self.name}{worker}"
                sql(
                    address,
                    f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
                    f'CREATE DATABASE "{name}" TEMPLATE "{self.where(address)}"',
                    f'ALTER DATABASE "{name}" SET synchronous_commit = off',
                )
            return
        (ROOT / "var").mkdir(exist_ok=True)
        for worker in workers:
            target = ROOT / "var" / f"test.sqlite3{worker}"
            for suffix in ("-wal", "-shm"):
                Path(f"{target}{suffix}").unlink(missing_ok=True)
            shutil.copyfile(self.sqlite, target)

    def drop(self, address: str | None) -> None:
        if address and self.has_server:
            for worker in ["", "_template", *self.workers]:
                sql(address, f'DROP DATABASE IF EXISTS "{self.name}{worker}" WITH (FORCE)')


def sql(address: str, *commands: str) -> None:
    code = (
        "import sys, psycopg2; c = psycopg2.connect(sys.argv[1]); c.autocommit = True; "
        "[c.cursor().execute(command) for command in sys.argv[2:]]"
    )
    subprocess.run([PYTHON, "-c", code, address, *commands], check=True)


def pytest(title: str, *words: str, **variables: str) -> bool:
    say(title)
    began = time.monotonic()
    done = subprocess.run(
        [PYTHON, "-m", "pytest", "-q", "--reuse-db", *words],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, **variables},
        check=False,
    )
    print(f"    {title}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


def stories_pass(title: str, migrated: Migrated, *words: str, **variables: str) -> bool:
    """Tell whether the browser stories pass; a few that failed are played once more, one after another.

    A story is a person at a real browser, server and worker, and has limits of seconds; beside another
    story on a busy machine it can miss one. What fails alone too has failed, and more than three are
    never played again. Whatever was played twice is named loudly.
    """
    cache = migrated.folder / f"cache-{title.split()[-1]}"
    kept = ("-o", f"cache_dir={cache}")
    if pytest(title, *kept, *words, **variables):
        return True
    noted = cache / "v" / "cache" / "lastfailed"
    failed = json.loads(noted.read_text()) if noted.exists() else {}
    if not 0 < len(failed) <= MOST_PLAYED_AGAIN:
        return False
    say("PLAYED AGAIN, ALONE, FOR IT FAILED BESIDE OTHERS: " + ", ".join(failed))
    migrated.copy(variables.get("DATABASE_URL", ""))
    alone = ("-n", "0", "--lf", "--lfnf=none")
    return pytest(f"{title}, once more", *kept, *words, *alone, **variables)


def parts(address: str | None, only: str) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    """Yield title, words and variables of each run."""
    stories = ("-o", PLAIN_OPTIONS, "tests/browser")
    # In order: tests that commit come last in each process, for what migrations wrote is gone after them.
    split = ("-n", PROCESSES, "--dist", "load", "--maxschedchunk", "4")
    # A story has limits of seconds and keeps a browser busy: no more of them than cores. All of them
    # commit, so whoever has nothing left takes from the others.
    of_stories = ("-n", CORES, "--dist", "worksteal")
    if only == "axe":
        yield "axe, everything", (*stories, "-k", "axe"), {"AXE_ALL": "1"}
        return
    if only == "long":
        words = ("-o", PLAIN_OPTIONS, "-m", "long", "tests", "--timeout=3600")
        yield "long variants, SQLite", words, {}
        if address:
            yield "long variants, PostgreSQL", words, {"DATABASE_URL": address}
        return
    if only in {"", "sqlite"}:
        yield "SQLite", (*split, "-m", "not long", "tests"), {}
    if only in {"", "postgresql"} and address:
        yield "PostgreSQL", (*split, "-m", "not long", "tests"), {"DATABASE_URL": address}
    if only in {"", "browser"} and browser():
        yield "browser, SQLite", (*of_stories, "-m", "not long", *stories), {}
        if address:
            yield (
                "browser, PostgreSQL",
                (*of_stories, "-m", "both and not long", *stories),
                {"DATABASE_URL": address},
            )


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process compiles everything anew
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--only", default="", choices=["", "sqlite", "postgresql", "browser", "axe", "long"]
    )
    only = parser.parse_args().only
    good = True
    with postgresql() as address, tempfile.TemporaryDirectory() as folder:
        migrated = Migrated(folder)
        missing = []
        if address is None and only in {"", "postgresql"}:
            missing.append("PostgreSQL (apt-get install postgresql, or set TEST_DATABASE_URL)")
        if browser() is None and only in {"", "browser", "axe"}:
            missing.append("Chromium (apt-get install chromium-headless-shell)")
        if shutil.which("dovecot") is None and shutil.which("dovecot", path="/usr/sbin") is None:
            missing.append("a mailbox (apt-get install dovecot-imapd)")
        runs = [*parts(address, only)]
        migrated.make({variables.get("DATABASE_URL", "") for _title, _words, variables in runs})
        for title, words, own in runs:
            engine = own.get("DATABASE_URL", "")
            migrated.copy(engine)
            variables = {**own, "MIGRATED_DATABASE": migrated.where(engine)}
            if title.startswith("browser"):
                good = stories_pass(title, migrated, *words, **variables) and good
            else:
                good = pytest(title, *words, **variables) and good
        migrated.drop(address)
    for what in missing:
        say(f"SKIPPED: everything that needs {what}")
    if missing and os.environ.get("REQUIRE_ALL"):
        good = False
    say("All runs passed." if good else "SOME RUN FAILED.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
