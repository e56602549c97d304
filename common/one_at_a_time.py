"""From here to the end of the transaction nobody else does the same: the one place where engines differ.

SQLite writes one transaction at a time anyway; PostgreSQL holds a lock by the name.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection


def one_at_a_time(names: Iterable[str]) -> None:
    """Wait until nobody holds any of these names, and hold them until the transaction ends.

    Taken in one order by all, so that two who want the same names never wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    keys = sorted(_number(name) for name in set(names))
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
