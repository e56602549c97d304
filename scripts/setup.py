"""Make the environment: .venv, locked dependencies, catalogues; standard library only.

python scripts/setup.py base|worker|dev [--system] [--env]
--system  also the system libraries that papers need (WeasyPrint's Pango), by apt where allowed
--env     also var/env with this machine's secrets, made once
"""

import argparse
import base64
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]


def say(text: str) -> None:
    print(f"» {text}", flush=True)


def install(extra: str) -> None:
    """Install the locked dependencies unless this very lock is installed already."""
    lock = ROOT / "requirements" / f"{extra}.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamps = VENV / "installed"
    wider = ["base", "worker", "dev"][["base", "worker", "dev"].index(extra) :]
    for name in wider:
        stamp = stamps / name
        same = hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == same:
            return
    if not PYTHON.exists():
        say(f"making .venv with Python {sys.version.split()[0]}")
        venv.create(VENV, with_pip=True)
    say(f"installing the locked dependencies ({extra})")
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "-qq", "--require-hashes", "-r", str(lock)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    stamps.mkdir(exist_ok=True)
    (stamps / extra).write_text(digest)


def papers_work() -> bool:
    done = subprocess.run([PYTHON, "-c", "import weasyprint"], capture_output=True, check=False)
    return done.returncode == 0


def system_libraries() -> None:
    """Install Pango where apt is allowed; else print the command. All but drafts works without."""
    if papers_work():
        return
    command = ["apt-get", "install", "-y", "-qq", *PANGO]
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = shutil.which("apt-get") and (
        not sudo
        or (
            shutil.which("sudo")
            and not subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode
        )
    )
    if allowed:
        say(f"installing the system libraries for papers: {' '.join(PANGO)}")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["apt-get", "update", "-qq"], command):
            subprocess.run([*sudo, *step], check=False, env=environment, stdout=subprocess.DEVNULL)
    if not papers_work():
        say("Papers cannot be drawn yet: Pango is missing. Everything else works. To install it:")
        say(f"    sudo apt-get update && sudo apt-get install -y {' '.join(PANGO)}")


def write_env() -> None:
    """Make this machine's secrets once; they stay in var/env, readable by the owner alone."""
    target = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "env"
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    text = (
        "# Made once by scripts/setup.py for this machine. Losing it loses the encrypted fields.\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"FIELD_ENCRYPTION_KEYS={key}\n"
        f"LOOKUP_HASH_KEY={secrets.token_urlsafe(32)}\n"
        "# Where `make standins` answers; put the real addresses here instead.\n"
        "REGISTER_URL=http://127.0.0.1:8090/\n"
        "REGISTER_USER=test\n"
        "REGISTER_PASSWORD=test\n"
        "SMTP_HOST=127.0.0.1\n"
        "SMTP_PORT=1025\n"
    )
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("extra", choices=["base", "worker", "dev"])
    parser.add_argument("--system", action="store_true")
    parser.add_argument("--env", action="store_true")
    arguments = parser.parse_args()
    install(arguments.extra)
    if arguments.system:
        system_libraries()
    if arguments.env:
        write_env()
    subprocess.run([PYTHON, ROOT / "scripts" / "messages.py", "compile"], check=True)


if __name__ == "__main__":
    main()
