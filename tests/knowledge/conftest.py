import datetime as dt

import pytest

from knowledge import actions


@pytest.fixture
def _reference_data(db):
    """The topics, words, articles and phrases that come with the product."""
    actions.load_reference_data(by=None, at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC))
