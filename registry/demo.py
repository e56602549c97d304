"""Organisations for the demo: files in the register's own form, taken over by its own importer."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from registry import actions
from registry.models import Organisation
from registry.open_data.generate import write_files

COUNTS = {"small": 500, "demo": 4_000, "full": 350_000}


def create_register(
    *,
    at: datetime,
    rng: random.Random,
    size: str = "demo",
    told: Callable[[str], None] | None = None,
) -> list[Organisation]:
    """Take over generated files of the night before `at`; safe to run twice.

    Among them are all cases that the stand-in of the register knows, so that a check of any of
    them can be played through.
    """
    with TemporaryDirectory() as folder:
        made = at - timedelta(hours=8)
        for path in write_files(Path(folder), COUNTS.get(size, COUNTS["demo"]), made=made):
            asked = actions.find_or_request_import(path=path, at=at)
            done = actions.import_register_file(import_id=asked.pk, clock=lambda: at)
            if told:
                told(f"{done.file_name}: {done.good}")
    wanted = Organisation.objects.filter(status="R").order_by("registry_code")
    return list(wanted[:1000])
