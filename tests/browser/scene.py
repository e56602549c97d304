"""One of everything, made by the factories, so that every page with an object in its address opens."""

from tests.factories.clients import ClientFactory
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory

# Addresses whose parameters no object of the scene can fill, with the reason.
NOT_IN_THE_SCENE: dict[str, str] = {}


class Scene:
    """What stands in the database, and which of it a route's parameters mean."""

    def __init__(self):
        self.client = ClientFactory(phone="5300 1234", email="mari@example.ee")
        self.other_client = ClientFactory(organisation=True, phone="5300 1235")
        self.topic = TopicFactory()
        self.version = ArticleVersionFactory()
        self.organisation = OrganisationFactory()
        self.check = RepresentationCheckFactory(sole=True)

    def arguments(self, route):
        """Raises LookupError for a parameter that nobody has put into words here."""
        return {name: self.meant(route, name) for name in route.parameters}

    def meant(self, route, parameter):
        meanings = {
            ("clients", "pk"): self.client.pk,
            ("registry", "registry_code"): self.organisation.registry_code,
            ("registry", "pk"): self.check.pk,
        }
        return meanings[route.app, parameter]
