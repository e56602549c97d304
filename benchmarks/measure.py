"""Fill one database and measure on it; started by `python -m benchmarks` with the engine's variables.

python -m benchmarks.measure ENGINE SIZE TARGET ONLY      SIZE is that of `sizes.py`, as a list
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
import tests.environment  # noqa: F401  # secrets of the suite

django.setup()

from benchmarks import fill, reconcile  # noqa: E402  # needs the settings
from benchmarks.sizes import Size  # noqa: E402
from benchmarks.subject import Subject  # noqa: E402
from benchmarks.subjects import subjects  # noqa: E402

# Passes: to warm up with queries counted, to find the slowest variant, to measure.
WARM_UP, FEW, TIMES = 20, 3, 60


def one(subject: Subject, rows: str, engine: str) -> dict:
    """Measure one subject, after a warm-up; queries of the costliest pass.

    Variants are taken in turn. Where each must keep the limit, only the slowest is measured, and
    the row names it.
    """
    variants = list(subject.variants())
    queries = max(
        _queries(subject, variant) for variant in (variants if subject.each else variants[:WARM_UP])
    )
    worst = ""
    if subject.each:
        slowest = max(variants, key=lambda variant: min(_took(subject, [variant] * FEW)))
        variants, worst = [slowest], str(slowest)
    turns = subject.times or TIMES
    busy = time.process_time()
    took = _took(subject, [variants[turn % len(variants)] for turn in range(turns)])
    busy = (time.process_time() - busy) * 1000 / turns
    return {
        "name": subject.name,
        "engine": engine,
        "rows": rows,
        "median": round(statistics.median(took), 1),
        "p95": round(took[min(len(took) - 1, int(len(took) * 0.95))], 1),
        "best": round(took[0], 1),
        "own": round(busy, 1),
        "limit": subject.limit or "",
        "unit": "ms",
        "queries": queries,
        "worst": worst,
    }


def _queries(subject: Subject, variant: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        subject.run(variant)
    return len(seen)


def _took(subject: Subject, variants: list[Any]) -> list[float]:
    took = []
    for variant in variants:
        began = time.perf_counter()
        subject.run(variant)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def main() -> None:
    engine, numbers, target, only = sys.argv[1:5]
    size = Size(*json.loads(numbers))
    for words, seconds in fill.fill(size):
        print(f"» {engine}: {words} ({seconds:.0f} s)", flush=True)
    fill.analyse()  # what the last run left behind would be swept by the server itself in time
    results = [row for row in fill.timings(engine) if only in row["name"]]
    for subject in subjects():
        if only in subject.name:
            count = size.tickets if subject.name.startswith("tickets") else size.inquiries
            results.append(one(subject, f"{count:,}", engine))
            row = results[-1]
            print(
                f"  {row['name']}: best {row['best']}, p95 {row['p95']} ms {row['worst']}",
                flush=True,
            )
    results += reconcile.measured(engine, only)
    Path(target).write_text(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main()
