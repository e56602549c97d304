"""The two engines: PostgreSQL by DATABASE_URL, else SQLite in `var/`."""

import hashlib
from pathlib import Path
from typing import Any

import environ

# WAL lets readers go on while one writes; IMMEDIATE makes a transaction serial from its start,
# since SQLite ignores select_for_update.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
    ),
}


def database(url: str, var_dir: Path, base_dir: Path) -> dict[str, Any]:
    """Return the settings of the default database.

    A test database is named after the checkout, so that two checkouts can test side by side.
    """
    checkout = hashlib.sha256(str(base_dir).encode()).hexdigest()[:8]
    if not url:
        var_dir.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var_dir / "servicedesk.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": var_dir / "test.sqlite3"},
        }
    named = environ.Env.db_url_config(url)
    # Compiling a query costs more than any page's query takes.
    options = {"options": "-c jit=off", **named.get("OPTIONS", {})}
    return {
        **named,
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": f"test_servicedesk_{checkout}"},
    }
