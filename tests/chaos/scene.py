"""The few rows that work needs: people who may do it, a topic, and clients with cards."""

import factory.random

from clients.models import ContactPoint
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import AgencyDelegationFactory
from tests.factories.knowledge import TopicFactory
from tests.factories.registry import OrganisationFactory

CALL_AGENTS = ("call1", "call2")
CASE_AGENTS = ("cases1", "cases2")
MAIL_AGENT = "mails"
# Of the stand-in's register: each has somebody who may sign alone, and no company among its people.
ORGANISATIONS = {
    "19999905": "Põlluvaim OÜ",
    "19999911": "Kaks Kuuske OÜ",
    "89999901": "MTÜ Jõekaldad",
    "99999902": "SA Rohevara",
}


class Scene:
    def __init__(self, seed):
        factory.random.reseed_random(seed)
        for username in (*CALL_AGENTS, *CASE_AGENTS, MAIL_AGENT):
            UserFactory(username=username, role="specialist")
        AgencyDelegationFactory()
        self.topic = TopicFactory().pk
        for number, (code, name) in enumerate(ORGANISATIONS.items()):
            OrganisationFactory(registry_code=code, name=name)
            ClientFactory(
                organisation=True,
                name=name,
                registry_code=code,
                phone=f"5300 12{number}4",
                email=f"info{number}@naidis.example.ee",
            )
        self.addresses = [
            (point.client_id, point.pk) for point in ContactPoint.objects.filter(kind="email")
        ]
