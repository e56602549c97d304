"""A real Celery worker, started as in `make run`, on the database of the test and a house of its own."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.signals import setting_changed
from kombu import pools

from servicedesk.celery import app

ROOT = Path(__file__).resolve().parents[1]
REGISTER_SETTINGS = ("REGISTER_URL", "REGISTER_USER", "REGISTER_PASSWORD")


@contextmanager
def worker_process(house, **more):
    """Run the worker; `house` is its VAR_DIR. This process must send there, see `share_house`.

    `more` goes into its environment, such as where its mail server is.
    """
    with (house / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [str(ROOT / "scripts" / "start"), "worker"],
            env={**variables(house), **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield worker
        finally:
            worker.send_signal(signal.SIGTERM)
            try:
                worker.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait(10)


def variables(house):
    """The environment of a process that shares database, files and broker with this one."""
    known = {
        **{name: value for name, value in os.environ.items() if name != "REDIS_URL"},
        **{name: getattr(settings, name) for name in REGISTER_SETTINGS},
        "VAR_DIR": str(house),
        "BIN": str(Path(sys.executable).parent),
        "WORKER_PROCESSES": "1",
    }
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        (house / "servicedesk.sqlite3").symlink_to(Path(name).resolve())
        known.pop("DATABASE_URL", None)
    else:
        address, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
        known["DATABASE_URL"] = f"{address}/{name}"
    return known


@contextmanager
def share_house(house):
    """This process sends its tasks to, and keeps its files in, the house of the worker."""
    options = {
        "data_folder_in": str(house / "broker" / "messages"),
        "data_folder_out": str(house / "broker" / "messages"),
        "control_folder": str(house / "broker" / "control"),
        "polling_interval": 0.2,
    }
    before = (
        app.conf.broker_url,
        app.conf.broker_transport_options,
        settings.MEDIA_ROOT,
    )
    set_house("filesystem://", options, house / "media")
    try:
        yield
    finally:
        set_house(*before)


def set_house(broker, options, files):
    app.conf.broker_url, app.conf.broker_transport_options = broker, options
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None
    settings.MEDIA_ROOT = files
    # A storage that was asked before knows its folder by heart.
    setting_changed.send(sender=None, setting="MEDIA_ROOT", value=files, enter=True)
