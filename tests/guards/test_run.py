"""`make run` says what is in the way before it starts anything."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from servicedesk.management.commands import demo


def test_taken_port_is_named_and_nothing_is_started():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "scripts/run.py"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PORT": port},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "Servicedesk is at" not in done.stdout


@pytest.mark.django_db
def test_demo_that_was_cut_short_leaves_nothing_that_passes_for_a_whole_one(monkeypatch):
    def cut_short(**_):
        assert User.objects.count() == 14
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "create_knowledge", cut_short)

    with pytest.raises(KeyboardInterrupt):
        call_command("demo", "--if-empty")

    assert User.objects.count() == 0
