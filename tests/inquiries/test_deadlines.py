import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.clock import working_clock
from inquiries.models import LegalKind
from inquiries.models.legal_term import DayCount
from inquiries.queries import answer_by
from tests.factories.inquiries import LegalTermFactory

pytestmark = pytest.mark.django_db

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2060, 12, 31))
ON_BOTH = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


@pytest.mark.parametrize(
    ("kind", "registered_on", "last"),
    [
        ("explanation", dt.date(2024, 12, 2), dt.date(2025, 1, 2)),  # thirty days, New Year a holiday
        ("explanation", dt.date(2025, 1, 1), dt.date(2025, 1, 16)),  # fifteen from the switch on
        ("memorandum", dt.date(2026, 11, 6), dt.date(2026, 11, 23)),  # a Saturday's term ends on Monday
        ("information", dt.date(2026, 11, 16), dt.date(2026, 11, 23)),  # five working days
        ("information", dt.date(2026, 2, 20), dt.date(2026, 3, 2)),  # past Independence Day
        ("challenge", dt.date(2026, 11, 16), dt.date(2026, 11, 26)),
    ],
)  # fmt: skip
def test_the_last_day_follows_the_term_that_stood_at_registration(kind, registered_on, last):
    assert answer_by(kind=kind, registered_on=registered_on) == last


@ON_BOTH
@given(kind=st.sampled_from(LegalKind.values), registered_on=DAYS)
def test_the_last_day_is_always_a_working_day_after_registration(kind, registered_on):
    last = answer_by(kind=kind, registered_on=registered_on)

    assert last > registered_on
    assert working_clock().is_workday(last)


@ON_BOTH
@given(kind=st.sampled_from(LegalKind.values), day=DAYS)
def test_registering_a_day_later_never_gives_an_earlier_last_day_under_one_term(kind, day):
    if day == dt.date(2024, 12, 31):  # the switch itself shortens the term
        return

    assert answer_by(kind=kind, registered_on=day) <= answer_by(
        kind=kind, registered_on=day + dt.timedelta(days=1)
    )


def test_a_new_term_counts_from_its_day_on():
    LegalTermFactory(days=5, counted_in=DayCount.WORKING, valid_from=dt.date(2030, 7, 1))

    assert answer_by(kind="explanation", registered_on=dt.date(2030, 6, 28)) == dt.date(2030, 7, 15)
    assert answer_by(kind="explanation", registered_on=dt.date(2030, 7, 1)) == dt.date(2030, 7, 8)
