"""A demo database of each stage is migrated to today's tables, and its people can go on working."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

# Three stages' migrations take most of a minute each, and longer beside other work.
pytestmark = pytest.mark.timeout(300)
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STAGES = sorted(folder.name for folder in HERE.iterdir() if (folder / "demo.sqlite3.gz").exists())

GOES_ON = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from inquiries.models import Inquiry
from tickets.models import Ticket

user = get_user_model().objects.get(username="kadri.lepp")
client = Client(headers={"host": "127.0.0.1"})
client.force_login(user)
inquiry = Inquiry.objects.order_by("-pk").first()
for address in (
    reverse("workspace:my_day"),
    reverse("inquiries:list"),
    reverse("inquiries:show", args=[inquiry.pk]),
    reverse("documents:list"),
    reverse("tickets:list"),
    *(reverse("tickets:ticket", args=[one.pk]) for one in Ticket.objects.open()[:1]),
):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
print("goes on with", Inquiry.objects.count(), "inquiries")
"""


def manage(variables, *words, text=None):
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**environment, **variables, "LOG_LEVEL": "ERROR"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def static_files(tmp_path_factory):
    """What collectstatic makes, which is the same whatever the database was."""
    folder = tmp_path_factory.mktemp("static")
    manage({"VAR_DIR": str(folder)}, "collectstatic", "--noinput", "-v0")
    return folder / "static"


def migrate_and_go_on(variables, static_files):
    manage(variables, "migrate", "--noinput", "-v0")
    (Path(variables["VAR_DIR"]) / "static").symlink_to(static_files)
    assert "goes on with" in manage(variables, "shell", "-v0", "-c", GOES_ON)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other engine has its own dump")
@pytest.mark.parametrize("stage", STAGES)
def test_sqlite_database_of_the_stage_is_brought_up_to_date(stage, tmp_path, static_files):
    with gzip.open(HERE / stage / "demo.sqlite3.gz") as kept:
        (tmp_path / "servicedesk.sqlite3").write_bytes(kept.read())

    migrate_and_go_on({"VAR_DIR": str(tmp_path)}, static_files)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the other engine has its own file")
@pytest.mark.parametrize("stage", STAGES)
def test_postgresql_database_of_the_stage_is_brought_up_to_date(stage, tmp_path, static_files):
    settings = connection.settings_dict
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or "5432"
    server = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{port}"
    name = f"upgrade_{stage}_{os.getpid()}"
    run_sql(f"{server}/postgres", f'CREATE DATABASE "{name}"')
    try:
        with gzip.open(HERE / stage / "demo.sql.gz", "rt", encoding="utf-8") as kept:
            dump = ["psql", "-q", "-v", "ON_ERROR_STOP=1", f"{server}/{name}"]
            subprocess.run(
                dump, input=kept.read(), text=True, check=True, stdout=subprocess.DEVNULL
            )
        variables = {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"{server}/{name}"}
        migrate_and_go_on(variables, static_files)
    finally:
        run_sql(f"{server}/postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run_sql(address, command):
    subprocess.run(["psql", "-q", address, "-c", command], check=True)
