import pytest
from django.db import connection
from django.utils import timezone

from common.actions import survey_tables
from common.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL surveys its own tables")
def test_planner_learns_how_full_a_table_is():
    Event.objects.bulk_create(
        Event(kind="check-changed", at=timezone.now(), about_type="x", about_id=number)
        for number in range(20)
    )

    survey_tables()

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [Event._meta.db_table])
        told = [stat for (stat,) in cursor.fetchall()]
    assert told
    assert all(stat.startswith("20 ") for stat in told)


def test_surveying_does_no_harm_on_either_engine():
    survey_tables()

    assert Event.objects.count() == 0
