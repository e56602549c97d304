import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.common.small_celery import FOLDER, small_app


def wait_for(path, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def sender(tmp_path):
    """A sender here and a worker in a process of its own, with one broker directory."""
    command = [sys.executable, "-m", "celery", "-A", "tests.common.small_celery", "worker"]
    worker = subprocess.Popen(
        [*command, "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=warning"],
        env={**os.environ, FOLDER: str(tmp_path)},
        start_new_session=True,
    )
    app = small_app(tmp_path)
    yield app
    app.close()
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(20)


def test_worker_and_sender_live_through_the_deletion_of_the_broker(sender, tmp_path):
    sender.touch.delay("before")
    assert wait_for(tmp_path / "before")

    for name in ("first", "second"):
        shutil.rmtree(tmp_path / "broker")
        time.sleep(0.5)
        sender.touch.delay(name)
        assert wait_for(tmp_path / name)


def test_message_sent_while_only_the_bindings_are_gone_arrives(sender, tmp_path):
    sender.touch.delay("before")
    assert wait_for(tmp_path / "before")

    shutil.rmtree(tmp_path / "broker" / "control")
    sender.touch.delay("after")

    assert wait_for(tmp_path / "after")
