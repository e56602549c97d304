"""Judges a file that came from outside, in a process that a hostile file can at most bring down."""

import datetime as dt
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from documents.signatures import Code, Finding, Report, refusal
from documents.signatures.report_json import from_json

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 10, 300  # what a hostile file may cost
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}


def check_signed_file(
    content: bytes,
    *,
    name: str,
    trust_list: bytes | Sequence[bytes],
    at: dt.datetime,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Report:
    """Return the report on a container or a PDF; a file that costs too much is refused, with that.

    `trust_list` is one list, or several of one store, never live and test ones together. They are
    believed as they are: whoever hands them in has verified them. Without any, nothing is valid.
    """
    lists = [trust_list] if isinstance(trust_list, bytes) else list(trust_list)
    if not any(lists):
        return refusal(Finding(Code.NO_TRUST_LIST), at)
    order = {
        "name": name,
        "at": at.isoformat(),
        "is_pdf": content.startswith(b"%PDF-"),
        "list_sizes": [len(one) for one in lists],
        "bytes": megabytes * 1_000_000,
        "seconds": max(1, round(seconds)),
    }
    try:
        done = subprocess.run(  # our own module; the file goes in by its standard input
            [sys.executable, "-m", "documents.signatures.child"],
            input=b"".join([json.dumps(order).encode(), b"\n", *lists, content]),
            capture_output=True,
            timeout=seconds,
            check=False,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired:
        return refusal(Finding(Code.TOO_SLOW), at)
    return _report(done, at)


def _report(done: subprocess.CompletedProcess[bytes], at: dt.datetime) -> Report:
    if done.returncode in OUT_OF_TIME:
        return refusal(Finding(Code.TOO_SLOW), at)
    try:
        return from_json(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        # Brought down before it could answer: by the memory limit, or by what no parser foresaw.
        code = Code.TOO_COSTLY if b"MemoryError" in done.stderr else Code.UNREADABLE
        return refusal(Finding(code, f"exit {done.returncode}"), at)
