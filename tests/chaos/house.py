"""The real parts of the system as processes that can be killed, and their broker."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import redis
from django.conf import settings

from tests.chaos.engines import ROOT

SECONDS_TO_COME_UP = 60


class Part:
    """One part of the system, started by the script that `make run` and the containers use."""

    def __init__(self, name):
        self.name = name
        self.log = settings.VAR_DIR / f"{name}.log"
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [ROOT / "scripts" / "start", self.name],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        """SIGKILL to the whole group: nobody gets to tidy up."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class FileBroker:
    name = "files"
    folder = property(lambda self: settings.VAR_DIR / "broker")

    def start(self):
        pass

    def lose(self):
        """Delete it, under whoever is using it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self):
        pass


class RedisBroker:
    name = "Redis"

    def __init__(self):
        self.port = urlsplit(settings.REDIS_URL).port
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            stdout=subprocess.DEVNULL,
            cwd=settings.VAR_DIR,
        )
        wait_for(lambda: redis.Redis(port=self.port).ping(), "Redis")

    def lose(self):
        """Kill it for a moment; it comes back empty."""
        self.stop()
        time.sleep(0.5)
        self.start()

    def stop(self):
        self.process.kill()
        self.process.wait()


class House:
    """Web, worker and broker."""

    def __init__(self):
        self.address = settings.SITE_URL
        self.web, self.worker = Part("web"), Part("worker")
        self.broker = RedisBroker() if settings.REDIS_URL else FileBroker()

    def start(self):
        self.broker.start()
        self.web.start()
        self.worker.start()
        self.wait_for_web()

    def wait_for_web(self):
        wait_for(lambda: httpx.get(f"{self.address}/health/live").is_success, "web")

    def stop(self):
        self.web.kill()
        self.worker.kill()
        self.broker.stop()

    def errors(self):
        """What the parts logged as errors, shortened; a broker that is away is among them."""
        lines = [
            line
            for part in (self.web, self.worker)
            for line in part.log.read_text(errors="replace").splitlines()
        ]
        bad = ('"log.level": "error"', '"log.level": "critical"', "Traceback")
        return [line[:2000] for line in lines if any(word in line for word in bad)]


def wait_for(question, what):
    ends = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < ends:
        with suppress(httpx.HTTPError, redis.RedisError):
            if question():
                return
        time.sleep(0.05)
    raise TimeoutError(f"{what} did not come up")


def files_below(folder: Path):
    return {path for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()
