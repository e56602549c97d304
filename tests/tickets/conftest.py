import pytest

from tests.standins.jira import DATA_CENTER
from tests.tickets.jira.conftest import running


@pytest.fixture
def data_center():
    """A Jira Data Center of the stand-in."""
    yield from running(DATA_CENTER)
