"""Lock the dependencies with hashes. The files hold no address: the registry is the installer's affair."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = [
    str(ROOT / ".venv" / "bin" / "pip-compile"),
    "--quiet",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--strip-extras",
    "--allow-unsafe",
]


def lock(name: str, extras: list[str], within: str | None) -> None:
    words = [word for extra in extras for word in ("--extra", extra)]
    words += ["--constraint", f"requirements/{within}.txt"] if within else []
    command = [*COMMON, *words, *sys.argv[1:], "--output-file", f"requirements/{name}.txt"]
    subprocess.run([*command, "pyproject.toml"], check=True, cwd=ROOT)


if __name__ == "__main__":
    lock("base", [], None)
    lock("worker", ["worker"], "base")
    lock("dev", ["worker", "dev"], "worker")
