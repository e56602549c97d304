"""A fresh database and a broker of our own, thrown away afterwards."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.standins.smtp import free_port

ROOT = Path(__file__).resolve().parents[2]


# An empty migrated database of this engine, where `make test` has made one: a file, or a template.
MIGRATED = "MIGRATED_DATABASE"


@contextmanager
def fresh_database(server):
    """Give the address of a database without rows; without a server that is SQLite in VAR_DIR."""
    if not server:
        yield ""
        return
    name = f"chaos_{secrets.token_hex(4)}"
    template = os.environ.get(MIGRATED)
    run_sql(server, f"CREATE DATABASE {name}" + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        run_sql(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def run_sql(server, statement):
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def redis_port(server):
    """Redis goes with PostgreSQL, in a server of our own; where it is not installed, files do."""
    return free_port() if server and shutil.which("redis-server") else 0


@contextmanager
def prepared(server):
    """Give the variables of a house of its own, with its tables made."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, fresh_database(server) as address:
        port, redis = free_port(), redis_port(server)
        (Path(folder) / "tmp").mkdir()
        variables = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "SECRET_KEY": "tests-only",
            "FIELD_ENCRYPTION_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
            "LOOKUP_HASH_KEY": "tests-only",
            "VAR_DIR": folder,
            "TMPDIR": f"{folder}/tmp",
            "DATABASE_URL": address,
            "REDIS_URL": f"redis://127.0.0.1:{redis}/0" if redis else "",
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(free_port()),
            "SMTP_TIMEOUT_SECONDS": "5",
            "REGISTER_URL": f"http://127.0.0.1:{free_port()}/",
            "REGISTER_USER": "test",
            "REGISTER_PASSWORD": "test",
            "REGISTER_TIMEOUT_SECONDS": "2",
            "LOG_LEVEL": "WARNING",
            "BIN": str(Path(sys.executable).parent),
        }
        if MIGRATED in os.environ and not server:
            shutil.copyfile(os.environ[MIGRATED], Path(folder) / "servicedesk.sqlite3")
        elif MIGRATED not in os.environ:
            migrate(variables)
        yield variables


def migrate(variables):
    command = [sys.executable, "manage.py", "migrate", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
