"""What is counted on each opening of the day stands on an index, however many inquiries are closed."""

import datetime as dt

import pytest
from django.db import connection, models

from inquiries.models import Inquiry
from inquiries.queries import Filters, answers_to_read, filtered
from tests.factories.accounts import UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL plans by size; benchmarks look there"
    ),
]


def plan_of(rows: models.QuerySet[Inquiry]) -> str:
    return rows.order_by().values("pk").explain()


def test_own_open_inquiries_are_found_by_their_index():
    agent = UserFactory(role="specialist")
    wanted = Filters(state="open", is_mine=True)

    plan = plan_of(filtered(wanted, by=agent, today=dt.date(2026, 11, 22)))

    assert "inquiries_inquiry_open_of (responsible_id=? AND state=?)" in plan


def test_passed_legal_terms_are_found_among_the_open_alone():
    agent = UserFactory(role="specialist")

    plan = plan_of(filtered(Filters(deadline="over"), by=agent, today=dt.date(2026, 11, 22)))

    assert "inquiries_inquiry_answer_by (state=? AND answer_by" in plan


def test_answers_to_be_read_need_no_walk_through_inquiries_by_whoever_sees_all():
    agent = UserFactory(role="coordinator")

    plan = answers_to_read(by=agent).order_by().values("pk").explain()

    assert "SCAN inquiries_inquiry" not in plan
