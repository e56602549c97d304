import datetime as dt

import pytest
from django import forms
from django.urls import reverse

from common.day_field import DayField
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize("typed", ["0001-01-01", "1999-12-31", "2201-01-01", "9999-12-31", "x"])
def test_day_out_of_our_time_is_none(typed):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.code == "invalid"


def test_day_of_our_time_is_taken():
    assert DayField().clean("2026-11-29") == dt.date(2026, 11, 29)
    assert DayField(required=False).clean("") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "role", "status"),
    [
        ("accounts:line", "coordinator", 422),  # said at the field
        ("accounts:access_log", "auditor", 200),
        ("workspace:line_calls", "coordinator", 200),
    ],
)
@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31"])
def test_moment_out_of_our_time_breaks_no_page(client, page, role, status, moment):
    client.force_login(UserFactory(role=role))

    answer = client.get(
        reverse(page),
        {"at": f"{moment}T23:59", "since": moment, "from": f"{moment}T23:59:00+02:00"},
    )

    assert answer.status_code == status
