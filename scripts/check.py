"""`make check`: everything about the tree that a machine can judge without running the suite."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
WITH_ENV = [PYTHON, "scripts/with_env.py"]
# What `check --deploy` is asked about: settings as production has them.
PRODUCTION = {
    "SECRET_KEY": "k" * 30 + "-made-for-the-check-only-0123456789",
    "SITE_URL": "https://servicedesk.example",
    "ALLOWED_HOSTS": "servicedesk.example",
}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("lint", [str(BIN / "ruff"), "check", "."], {}),
    ("templates", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
    ("types", [*WITH_ENV, str(BIN / "mypy"), "."], {}),  # its plugin reads the settings
    ("imports", [str(BIN / "lint-imports")], {}),
    (
        "settings",
        [*WITH_ENV, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
    ("migrations", [*WITH_ENV, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    ("translations", [PYTHON, "scripts/messages.py", "check"], {}),
    ("states", [*WITH_ENV, "scripts/draw_states.py", "--check"], {}),
    ("API schema", [*WITH_ENV, "scripts/check_schema.py"], {}),
    ("containers", [str(BIN / "hadolint"), "Dockerfile"], {}),
]


def main() -> int:
    failed = []
    for name, command, variables in CHECKS:
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        took = time.monotonic() - began
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name}  ({took:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr)[-6000:], flush=True)
    compose = shutil.which("docker-compose")
    if compose:
        done = subprocess.run(
            [compose, "--env-file", ".env.example", "config", "--quiet"],
            cwd=ROOT,
            env={**os.environ, "ENV_FILE": ".env.example"},
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  docker-compose", flush=True)
        if done.returncode:
            failed.append("docker-compose")
            print(done.stdout + done.stderr)
    else:
        print("skip  docker-compose is not installed (apt-get install docker-compose)", flush=True)
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
