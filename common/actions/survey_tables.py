"""What the planner of SQLite knows of the tables; PostgreSQL surveys its own by autovacuum."""

from django.db import connection

# Rows looked at in each index: enough to tell a rare value from a common one, in well under a second.
LOOKED_AT = 1_000


def survey_tables() -> None:
    """Count anew how many rows each index finds, so that the right one is chosen as tables grow."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        cursor.execute("ANALYZE")
