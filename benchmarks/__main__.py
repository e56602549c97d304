"""`make bench`: fill a database of the asked size once, then measure; the table goes to var/bench.json too.

Server time is measured inside the process (no network), after a warm-up, with the queries of one
pass counted apart. Machines are noisy: compare rows of one run rather than runs. "own" is the processor time of our
process for a pass (on SQLite that is all of it), which other processes on the machine do not lengthen.
"ratio" is how many times as long django-helpdesk takes for the same page with a tenth of the tickets
(benchmarks/peers/), measured in the same run.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import processes
from benchmarks.peers.compare import compared
from benchmarks.sizes import SIZES, Size, folder_of, size_of

ROOT = Path(__file__).resolve().parent.parent
# The database is kept, so what its fields are encrypted with must be the same in the next run.
OWN = ("DATABASE_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY")
COLUMNS = (
    "name",
    "engine",
    "rows",
    "median",
    "p95",
    "best",
    "own",
    "limit",
    "unit",
    "queries",
    "ratio",
    "worst",
)


def server() -> str:
    return os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def bench_database(folder: str) -> str:
    """Make the database of this name where it is missing; it is kept between runs."""
    import psycopg2  # noqa: PLC0415  # only where PostgreSQL is asked for

    name = f"servicedesk_bench_{folder}"
    connection = psycopg2.connect(server(), connect_timeout=3)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"{server().rsplit('/', 1)[0]}/{name}"


def variables(engine: str, name: str) -> dict[str, str]:
    folder = ROOT / "var" / "bench" / f"{engine}-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    given = {key: value for key, value in os.environ.items() if key not in OWN}
    if engine == "postgresql":
        given["DATABASE_URL"] = bench_database(name)
    return {**given, "VAR_DIR": str(folder), "LOG_LEVEL": "ERROR"}


def run(engine: str, name: str, only: str) -> list[dict]:
    folder, size = folder_of(name, only), size_of(name, engine, only)
    target = ROOT / "var" / "bench" / f"{engine}-{folder}.json"
    given = variables(engine, folder)
    command = [sys.executable, "-m", "benchmarks.measure", engine, json.dumps(size), str(target)]
    subprocess.run([*command, only], cwd=ROOT, env=given, check=True)
    rows = json.loads(target.read_text())
    rows += outside(engine, given, size, only)
    return compared(rows, server()) if engine == "postgresql" else rows


def outside(engine: str, given: dict[str, str], size: Size, only: str) -> list[dict]:
    """What is measured of whole processes."""
    rows = []
    for name, count, measured in (
        (processes.WEB, size.inquiries, lambda: processes.web(given)),
        (
            processes.IMPORT,
            size.organisations,
            lambda: processes.register_import(size.organisations),
        ),
        (processes.FIRST_PAGE, 1, processes.first_page),
    ):
        if only in name and (engine == "sqlite" or name == processes.WEB):
            row = {
                "name": name,
                "engine": engine,
                "rows": f"{count:,}",
                "queries": "",
                **measured(),
            }
            print(f"  {name}: {row['p95']} {row['unit']}", flush=True)
            rows.append(row)
    return rows + telephony(engine, given, size.inquiries, only)


def telephony(engine: str, given: dict[str, str], inquiries: int, only: str) -> list[dict]:
    """What the telephone asks of the processes, on either engine."""
    measured: list[tuple[str, int, dict]] = []
    if only in processes.CALLS:
        measured.append((processes.CALLS, processes.CALL_RECORDS, processes.call_records(given)))
    if only in processes.SCREENS_POP or only in processes.SCREENS_IDLE:
        to_rows, idle = processes.screens(given)
        measured += [
            (processes.SCREENS_POP, inquiries, to_rows),
            (processes.SCREENS_IDLE, inquiries, idle),
        ]
    for name, _count, figures in measured:
        print(f"  {name}: {figures['p95']} {figures['unit']}", flush=True)
    return [
        {"name": name, "engine": engine, "rows": f"{count:,}", "queries": "", **figures}
        for name, count, figures in measured
    ]


def table(rows: list[dict]) -> str:
    cells = [COLUMNS, *[tuple(str(row.get(column, "")) for column in COLUMNS) for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument(
        "--only",
        default="",
        help="a part of the names to measure; tickets: in a database of their own, with few inquiries",
    )
    arguments = parser.parse_args()
    rows: list[dict] = []
    for engine in arguments.engine or ["sqlite", "postgresql"]:
        rows += run(engine, arguments.size, arguments.only)
        print(table(rows), flush=True)
    (ROOT / "var" / "bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
