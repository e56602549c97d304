"""Whether this process can serve, and what about the rest of the system limps.

Without the database or its tables nothing works. A broker or a worker that is away only makes
things wait, since what is owed are rows: that is told, and pages are served on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError as BrokerAway

from common.gateways import imap
from common.models import Heartbeat, OutgoingMail
from common.queries import mailbox_in_use

OLDEST_HEARTBEAT = timedelta(minutes=3)
OLDEST_MAIL = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    name: str
    is_well: bool
    is_vital: bool
    words: str = ""


def findings(at: datetime) -> list[Finding]:
    """Ask each part; if the database is away the others cannot be asked."""
    vital = [_ask("database", True, _database), _ask("migrations", True, _migrations)]
    if not all(finding.is_well for finding in vital):
        return vital
    return [
        *vital,
        _ask("broker", False, _broker),
        _ask("worker", False, lambda: _worker(at)),
        _ask("outbox", False, lambda: _outbox(at)),
        _ask("mailbox", False, lambda: _mailbox(at)),
    ]


def _ask(name: str, is_vital: bool, question: Callable[[], str]) -> Finding:
    """An empty answer means that all is well."""
    try:
        words = question()
    except (DatabaseProblem, BrokerAway, OSError) as error:
        words = type(error).__name__
    return Finding(name, not words, is_vital, words)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


_migrated: set[str] = set()  # once all were applied, this code's migrations stay applied


def _migrations() -> str:
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return f"{len(missing)} not applied"
        _migrated.add(connection.alias)
    return ""


def _broker() -> str:
    with current_app.connection_for_write(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=0, timeout=1)
    return ""


def _worker(at: datetime) -> str:
    beat = Heartbeat.objects.filter(name="worker").first()
    if beat is None:
        return "no sign of life yet"
    return "" if at - beat.at <= OLDEST_HEARTBEAT else f"silent since {beat.at.isoformat()}"


def _outbox(at: datetime) -> str:
    late = OutgoingMail.objects.due(at - OLDEST_MAIL).count()
    return f"{late} letters overdue" if late else ""


def _mailbox(at: datetime) -> str:
    if not imap.is_configured():
        return ""
    mailbox = mailbox_in_use().first()
    if mailbox is None or mailbox.read_at is None:
        return "not read yet"
    is_silent = mailbox_in_use().silent(at).exists()
    return f"not read since {mailbox.read_at.isoformat()}" if is_silent else ""
