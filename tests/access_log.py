"""The access log is insert-only; a test that commits for real must still be cleaned up after."""

from contextlib import contextmanager

from accounts.access_log_trigger import INSTALL, REMOVE


@contextmanager
def open_for_cleaning(connection):
    run(connection, REMOVE)
    try:
        yield
    finally:
        run(connection, INSTALL)


def run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
