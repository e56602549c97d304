"""What is measured from outside: processes that are started, looked at, and ended."""

import asyncio
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import screens as open_screens

ROOT = Path(__file__).resolve().parent.parent
WEB = "web process after 20 pages"
IMPORT = "memory of the register import"
FIRST_PAGE = "clone to first page"
CALLS, CALL_RECORDS = "import of call records", 100_000
SCREENS_POP, SCREENS_IDLE = "ring to rows, 200 screens", "200 screens idle"
KEYS = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY", "VAR_DIR", "DATABASE_URL")


def row(value: float, limit: float, unit: str, worst: str = "") -> dict:
    value = round(value, 1)
    return {"median": value, "p95": value, "limit": limit, "unit": unit, "worst": worst}


def free_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


def answers(address: str, headers: dict[str, str] | None = None) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {})) as got:
            got.read()
            return True
    except urllib.error.HTTPError as refused:  # the page answered, if only to say no
        return refused.code < 500
    except OSError:
        return False


def wait_for(address: str, process: subprocess.Popen, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not answers(address):
        if process.poll() is not None or time.monotonic() > limit:
            raise RuntimeError(f"{address} does not answer")
        time.sleep(0.1)


def stop(process: subprocess.Popen, *, whole_group: bool = False) -> None:
    if whole_group:  # as Ctrl-C does
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def web(given: dict[str, str]) -> dict:
    """Open twenty pages, several at once, and read what the process holds."""
    signed_in = json.loads(
        subprocess.check_output(
            [sys.executable, "-m", "benchmarks.signed_in"], cwd=ROOT, env=given, text=True
        )
    )
    port = free_port()
    given = {**given, **signed_in["env"], "PORT": port, "BIN": str(Path(sys.executable).parent)}
    process = subprocess.Popen([ROOT / "scripts/start", "web"], cwd=ROOT, env=given)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/health/live", process, 60)
        with ThreadPoolExecutor(4) as browsers:
            headers = {"Cookie": signed_in["cookie"]}
            pages = [f"{address}{page}" for page in signed_in["pages"]]
            list(browsers.map(lambda page: answers(page, headers), pages))
        return row(max(resident(pid) for pid in children(process.pid)), 200, "MB")
    finally:
        stop(process)


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] or [pid]


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def register_import(organisations: int) -> dict:
    """Import both files, plain, into an empty embedded database; the highest mark of the process."""
    with tempfile.TemporaryDirectory() as folder:
        given = {key: value for key, value in os.environ.items() if key not in KEYS}
        given |= {"VAR_DIR": f"{folder}/var", "PYTHONPATH": str(ROOT)}
        files = Path(folder, "register")
        files.mkdir()

        def manage(*words: str) -> int:
            command = [sys.executable, "-m", "benchmarks.manage", *words]
            process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL)
            _pid, status, used = os.wait4(process.pid, 0)
            if status:
                raise RuntimeError(words)
            return used.ru_maxrss

        manage("migrate", "-v0")
        manage("generate_register_files", str(files), f"--count={organisations}", "--plain")
        # The cards are the large file; names and addresses come first, as in life.
        by_size = sorted(files.iterdir(), key=lambda file: file.stat().st_size)
        highest = max(manage("import_register", str(file)) for file in by_size)
        size = by_size[-1].stat().st_size / 1_000_000
        return row(highest / 1024, 300, "MB", f"cards of {size:.0f} MB")


def call_records(given: dict[str, str]) -> dict:
    """The seconds that the import of a file of call records takes."""
    command = [sys.executable, "-m", "benchmarks.calls", str(CALL_RECORDS)]
    took = subprocess.check_output(command, cwd=ROOT, env=given, text=True)
    return row(float(took), 30, "s")


def screens(given: dict[str, str]) -> tuple[dict, dict]:
    """Two hundred event streams held open; a call rings at one of them after another."""
    command = [sys.executable, "-m", "benchmarks.screens", "prepare"]
    made = json.loads(subprocess.check_output(command, cwd=ROOT, env=given, text=True))
    web_port, live_port = free_port(), free_port()
    ports = {"PORT": web_port, "LIVE_PORT": live_port, "BIN": str(Path(sys.executable).parent)}
    site = {"SITE_URL": f"http://127.0.0.1:{web_port}", "ALLOWED_HOSTS": "127.0.0.1"}
    given = {**given, **made["env"], **ports, **site}
    parts = [
        subprocess.Popen([ROOT / "scripts/start", part], cwd=ROOT, env=given)
        for part in ("web", "live")
    ]
    try:
        for part, port in zip(parts, (web_port, live_port), strict=True):
            wait_for(f"http://127.0.0.1:{port}/health/live", part, 60)
        pids = [pid for part in parts for pid in {part.pid, *children(part.pid)}]
        took, idle = asyncio.run(
            open_screens.measure(f"http://127.0.0.1:{web_port}", live_port, made, pids)
        )
    finally:
        for part in parts:
            stop(part)
    figures = {
        "median": round(statistics.median(took), 2),
        "p95": round(took[int(len(took) * 0.95) - 1], 2),
        "best": round(took[0], 2),
        "limit": 1,
        "unit": "s",
        "worst": "",
    }
    return figures, row(idle, 5, "% of a core")


def first_page() -> dict:
    """Clone what is committed, `make run` with nothing but the package cache, until / answers."""
    folder = Path(tempfile.mkdtemp())
    given = {key: value for key, value in os.environ.items() if key not in KEYS}
    given = {key: value for key, value in given.items() if key != "VIRTUAL_ENV"}
    port = free_port()
    given |= {"PORT": port, "LIVE_PORT": free_port()}
    began = time.monotonic()
    process = None
    try:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "clone")], check=True)
        process = subprocess.Popen(
            ["make", "run"],
            cwd=folder / "clone",
            env=given,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(f"http://127.0.0.1:{port}/", process, 600)
        return row(time.monotonic() - began, 120, "s")
    finally:
        if process is not None:
            stop(process, whole_group=True)
        shutil.rmtree(folder, ignore_errors=True)
