"""Empties the tables after a test that commits for real.

Django's own flush empties every table and then makes permissions and content types anew. Those are
the same for every test and stay; of the other tables only the ones with rows in them are emptied.
"""

from django.db import transaction

from tests.access_log import open_for_cleaning

MADE_BY_MIGRATING = {"auth_permission", "django_content_type", "django_migrations"}


def empty(connection):
    filled = _filled(connection)
    if not filled:
        return
    # Foreign keys are looked at when the transaction ends; so the order is no matter.
    with (
        open_for_cleaning(connection),
        transaction.atomic(using=connection.alias),
        connection.cursor() as cursor,
    ):
        for table in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _filled(connection):
    names = {*connection.introspection.django_table_names(include_views=False)}
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})"
        for name in sorted(names - MADE_BY_MIGRATING)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]
