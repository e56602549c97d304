"""`make run`: migrate, demo data the first time, then web, live, worker and beat until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
PARTS = ("web", "live", "worker", "beat")
SECONDS_TO_STOP = 30


def environment() -> dict[str, str]:
    port = os.environ.get("PORT", "8000")
    live = os.environ.get("LIVE_PORT", str(int(port) + 1))
    return {
        **os.environ,
        "PORT": port,
        "LIVE_PORT": live,
        "SITE_URL": os.environ.get("SITE_URL", f"http://127.0.0.1:{port}"),
        "BIN": str(PYTHON.parent),
    }


def taken(ports: list[str]) -> list[str]:
    """Ports on which something answers already: our own parts would fall, and its answer pass for ours."""
    found = []
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                found.append(port)
    return found


def manage(variables: dict[str, str], *words: str) -> None:
    subprocess.run([PYTHON, "manage.py", *words], check=True, cwd=ROOT, env=variables)


def prepare(variables: dict[str, str]) -> None:
    print("» preparing the database (the first time some minutes, with demo data)", flush=True)
    manage(variables, "migrate", "--noinput", "-v0")
    manage(variables, "collectstatic", "--noinput", "-v0")
    manage(variables, "demo", "--if-empty")


def wait_until_up(address: str, parts: dict[str, subprocess.Popen]) -> bool:
    for _ in range(150):
        if any(part.poll() is not None for part in parts.values()):
            return False
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):
                return True
        except OSError:
            time.sleep(0.2)
    return False


def stop(parts: dict[str, subprocess.Popen]) -> None:
    """Ask each part to end, beat first so that nothing new comes; kill what stays too long."""
    for name in ("beat", "live", "web", "worker"):
        if parts[name].poll() is None:
            parts[name].send_signal(signal.SIGTERM)
    limit = time.monotonic() + SECONDS_TO_STOP
    for part in parts.values():
        try:
            part.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)


def main() -> int:
    variables = environment()
    if busy := taken([variables["PORT"], variables["LIVE_PORT"]]):
        print(
            f"Port {', '.join(busy)} is taken. Choose another: PORT=8100 make run", file=sys.stderr
        )
        return 1
    # A closed terminal stops all as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        prepare(variables)
    except KeyboardInterrupt:
        print("\n  Stopped before anything was started.", flush=True)
        return 130
    # Each part has its own session, so that Ctrl-C reaches this process alone and it stops them in order.
    parts = {
        name: subprocess.Popen(
            [ROOT / "scripts" / "start", name], cwd=ROOT, env=variables, start_new_session=True
        )
        for name in PARTS
    }
    try:
        if wait_until_up(variables["SITE_URL"], parts):
            print(f"\n  Servicedesk is at {variables['SITE_URL']}  (Ctrl-C stops it)\n", flush=True)
            manage(variables, "demo", "--logins")
        while all(part.poll() is None for part in parts.values()):
            time.sleep(0.5)
        fallen = [name for name, part in parts.items() if part.poll() is not None]
        print(f"\n  {', '.join(fallen)} stopped by itself; stopping the rest.", flush=True)
    except (KeyboardInterrupt, SystemExit):
        print("\n  Stopping …", flush=True)
        return 0
    else:
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(parts)


if __name__ == "__main__":
    sys.exit(main())
