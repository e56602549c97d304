"""A small Celery app on the file-system broker of the product, started as a real worker process."""

import os
from pathlib import Path

from celery import Celery

from servicedesk import broker  # noqa: F401  # registers the transport

FOLDER = "SMALL_CELERY"


def small_app(folder):
    app = Celery("small", broker="filesystem://", set_as_current=False)
    app.conf.broker_transport_options = {
        "data_folder_in": str(folder / "broker" / "messages"),
        "data_folder_out": str(folder / "broker" / "messages"),
        "control_folder": str(folder / "broker" / "control"),
        "polling_interval": 0.1,
    }
    app.conf.task_ignore_result = True

    @app.task(name="touch", shared=False)  # of this app alone
    def touch(name):
        (folder / name).write_text("done")

    app.touch = touch
    return app


app = small_app(Path(os.environ[FOLDER])) if FOLDER in os.environ else None
