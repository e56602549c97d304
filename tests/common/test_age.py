import datetime as dt

import pytest
from django.utils import translation

from common.templatetags.moments import age

NOW = dt.datetime(2026, 11, 29, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (dt.timedelta(hours=18, minutes=1), "18 tundi"),
        (dt.timedelta(days=6, hours=3), "6 päeva"),
        (dt.timedelta(minutes=1, seconds=50), "1 minut"),
    ],
)
def test_age_is_told_by_its_greatest_unit_alone(gone, words):
    with translation.override("et"):
        assert age(NOW - gone, NOW).replace("\xa0", " ") == words
