"""The same pages of django-helpdesk, measured in the same run on the same machine, beside ours.

It stands in an environment of its own under var/, made here and locked by `requirements.txt`; nothing
of it is a part of the product.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.txt")
HOME = ROOT / "var" / "bench" / "peers"
DATABASE = "servicedesk_bench_peer"
TICKETS = 100_000
PEER = "django-helpdesk"
# Their page: ours that it is held against, of which the slowest variant counts.
SAME = {
    "list, open": "tickets: work lists",
    "list, all": "tickets: list of all, filters",
    "list, page 1,000": "tickets: later pages",
    "board": "tickets: board",
    "one with 200 follow-ups": "tickets: one with 200 comments",
    "search, common word": "tickets: search, common words",
    "search, rare word": "tickets: search, rare or number",
    "create": "tickets: raised",
}


def compared(rows: list[dict], server: str) -> list[dict]:
    """Our rows and theirs, each of theirs with how many times as long it takes as ours."""
    ours = {row["name"]: row for row in rows}
    if not any(name in ours for name in SAME.values()):
        return rows
    try:
        theirs = measured(server)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"  {PEER} could not be measured: {error}", flush=True)
        return rows
    for row in theirs:
        own = ours.get(SAME[row["name"]])
        row["ratio"] = f"{row['median'] / own['median']:.1f}" if own and own["median"] else ""
        row["name"] = f"{PEER}: {row['name']}"
    return rows + theirs


def measured(server: str) -> list[dict]:
    target = HOME.with_suffix(".json")
    url = f"{server.rsplit('/', 1)[0]}/{DATABASE}"
    make_database(server)
    given = {"PATH": os.environ["PATH"], "DATABASE_URL": url}
    command = [str(python()), "-m", "benchmarks.peers.helpdesk", str(TICKETS), str(target)]
    subprocess.run(command, cwd=ROOT, env=given, check=True)
    return [{"engine": "postgresql", **row} for row in json.loads(target.read_text())]


def python() -> Path:
    """The interpreter of their environment, made anew when the lock has changed."""
    kept, program = HOME / "requirements.txt", HOME / "bin" / "python"
    if not kept.exists() or kept.read_text() != LOCK.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME)], check=True)
        install = [str(program), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*install, "-r", str(LOCK)], check=True)
        kept.write_text(LOCK.read_text())
    return program


def make_database(server: str) -> None:
    import psycopg2  # noqa: PLC0415  # only where PostgreSQL is asked for

    connection = psycopg2.connect(server, connect_timeout=3)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
