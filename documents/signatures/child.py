"""Judges one file in a process of its own, under limits: `python -m documents.signatures.child`.

Reads a line of JSON (name, at, sizes of the lists, limits), the trusted lists and the file; writes
the report as JSON. The limits are set by itself, after its own modules are loaded and before it has
seen a byte of the file. It writes no file, opens no connection, and has no secrets to lose.
"""

import datetime as dt
import importlib
import json
import resource
import sys
from typing import Any

from documents.signatures import Code, Finding, Report, joined, read_trust_list, refusal
from documents.signatures.report_json import to_json

MODULES = {True: "documents.signatures.pdf", False: "documents.signatures.check"}


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    module = importlib.import_module(MODULES[order["is_pdf"]])
    check = module.check_pdf if order["is_pdf"] else module.check_container
    limit(order)
    at = dt.datetime.fromisoformat(order["at"])
    try:
        report = judge(check, order, at)
    except MemoryError:
        report = refusal(Finding(Code.TOO_COSTLY), at)
    json.dump(to_json(report), sys.stdout)


def judge(check: Any, order: dict[str, Any], at: dt.datetime) -> Report:
    lists = [read_trust_list(sys.stdin.buffer.read(size)) for size in order["list_sizes"]]
    trust = lists[0] if len(lists) == 1 else joined(lists)
    content = sys.stdin.buffer.read()
    report: Report = check(content, name=order["name"], trust=trust, at=at)
    if any(finding.detail == "MemoryError" for finding in report.errors):
        return refusal(Finding(Code.TOO_COSTLY), at)
    return report


def limit(order: dict[str, Any]) -> None:
    """No more memory, time or open files than is said, and not one byte written to any file."""
    size, seconds = order["bytes"], order["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


if __name__ == "__main__":
    main()
