"""Fill one database and measure on it; started by `python -m benchmarks` with the engine's variables.

python -m benchmarks.measure ENGINE '[inquiries, clients, organisations]' TARGET ONLY
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
import tests.environment  # noqa: F401  # secrets of the suite

django.setup()

from benchmarks import fill, subjects  # noqa: E402  # needs the settings

WARM_UP, TIMES = 5, 60


def one(subject: subjects.Subject, rows: str, engine: str) -> dict:
    """Measure one subject: its variants in turn, after a warm-up; queries of the costliest pass."""
    variants = subject.variants()
    run: Callable[[object], object] = subject.run
    queries = 0
    for variant in variants[:WARM_UP]:
        with CaptureQueriesContext(connection) as seen:
            run(variant)
        queries = max(queries, len(seen))
    took = []
    for turn in range(subject.times or TIMES):
        variant = variants[turn % len(variants)]
        began = time.perf_counter()
        run(variant)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return {
        "name": subject.name,
        "engine": engine,
        "rows": rows,
        "median ms": round(statistics.median(took), 1),
        "p95 ms": round(took[min(len(took) - 1, int(len(took) * 0.95))], 1),
        "limit ms": subject.limit,
        "queries": queries,
    }


def main() -> None:
    engine, sizes, target, only = sys.argv[1:5]
    inquiries, clients, organisations = json.loads(sizes)
    for words, seconds in fill.fill(
        inquiries=inquiries, clients=clients, organisations=organisations
    ):
        print(f"» {engine}: {words} ({seconds:.0f} s)", flush=True)
    rows = f"{inquiries:,}"
    results = list(fill.timings(engine))
    for subject in subjects.subjects():
        if only in subject.name:
            results.append(one(subject, rows, engine))
            print(f"  {subject.name}: {results[-1]['p95 ms']} ms", flush=True)
    Path(target).write_text(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main()
