"""Which rows of the apps above go along when two clients are merged.

An app above names its foreign keys to Client in its AppConfig.ready():

    from clients import handover
    handover.follow("inquiries.Inquiry", "client")

Rows that must never change (evidence, versions) are not named: they stay with the merged client and
are found through `client.family_ids()`.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

_followers: dict[tuple[str, str], None] = {}


def follow(model: str, field: str) -> None:
    """Rows of `model` ("app.Model") go along to the client that is kept."""
    _followers[model.lower(), field] = None


def followers() -> Iterator[tuple[type[Model], str]]:
    yield apps.get_model("clients.ContactPoint"), "client"
    for model, field in _followers:
        yield apps.get_model(model), field
