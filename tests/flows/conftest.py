import pytest

from tests.factories.accounts import UserFactory
from tests.factories.documents import AgencyDelegationFactory, TemplateVersionFactory
from tests.flows.desk import Desk


@pytest.fixture
def desk(db, client, register, settings, tmp_path):
    """A specialist at the pages; what a worker would do is done when the story says so."""
    settings.MEDIA_ROOT = tmp_path
    TemplateVersionFactory()
    AgencyDelegationFactory()
    user = UserFactory(role="specialist")
    client.force_login(user)
    return Desk(client, user, register)
