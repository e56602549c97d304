import datetime as dt

import pytest

from tests.standins.jira import CLOUD, DATA_CENTER, start
from tickets.gateways.jira import Edition, JiraClient, JiraSite

NOW = dt.datetime.now(dt.UTC)


def site_of(site, **changes):
    """How we would be set up to speak to this Jira."""
    words = {
        "url": site.address,
        "edition": Edition.CLOUD if site.is_cloud else Edition.DATA_CENTER,
        "token": "test-token",
        "email": site.bot.email,
        "timeout": 5.0,
    }
    return JiraSite(**words | changes)


def running(edition):
    server = start(edition)
    yield server.site
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[DATA_CENTER, CLOUD])
def jira(request):
    """A Jira of either edition."""
    yield from running(request.param)


@pytest.fixture
def data_center():
    yield from running(DATA_CENTER)


@pytest.fixture
def cloud():
    yield from running(CLOUD)


@pytest.fixture
def client(jira):
    with JiraClient(site_of(jira)) as client:
        yield client
