import datetime as dt

import factory
from factory.django import DjangoModelFactory

from clients import actions
from clients.folding import name_key
from clients.models import Client, ContactPoint
from clients.phones import normal_phone

YEAR_START = dt.datetime(2026, 1, 2, 8, tzinfo=dt.UTC)


class WrittenFactory(DjangoModelFactory):
    """The first version is as old as the row."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        row.written_by(None, row.created_at)
        row.save()
        return row


class ClientFactory(WrittenFactory):
    """A person. Traits: `organisation=True`, `foreign=True`; `phone="5300 1234"`, `email="a@b.ee"`
    give a contact point. It is found by find_clients."""

    class Meta:
        model = Client
        skip_postgeneration_save = True

    class Params:
        organisation = factory.Trait(
            kind="organisation",
            first_name="",
            last_name="",
            name=factory.Sequence(lambda n: f"Kuusik {n} OÜ"),
            registry_code=factory.Sequence(lambda n: f"{18000000 + n}"),
        )
        foreign = factory.Trait(
            kind="organisation",
            first_name="",
            last_name="",
            country="FI",
            name=factory.Sequence(lambda n: f"Metsä {n} Oy"),
            foreign_code=factory.Sequence(lambda n: f"FI{20000000 + n}"),
        )

    kind = "person"
    first_name = "Kadri"
    last_name = factory.Sequence(lambda n: f"Kask{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}")
    name = factory.LazyAttribute(lambda client: f"{client.first_name} {client.last_name}")
    name_key = factory.LazyAttribute(lambda client: name_key(client.name))
    created_at = YEAR_START

    @factory.post_generation
    def phone(self, create, extracted, **kwargs):
        if extracted:
            PhoneFactory(client=self, value=normal_phone(extracted))

    @factory.post_generation
    def email(self, create, extracted, **kwargs):
        if extracted:
            EmailFactory(client=self, value=extracted)

    @factory.post_generation
    def keys(self, create, extracted, **kwargs):
        actions.renew_keys(client=self)


class PhoneFactory(WrittenFactory):
    class Meta:
        model = ContactPoint

    client = factory.SubFactory(ClientFactory)
    kind = "phone"
    value = factory.Sequence(lambda n: f"+372{84000000 + n}")
    created_at = YEAR_START


class EmailFactory(WrittenFactory):
    class Meta:
        model = ContactPoint

    client = factory.SubFactory(ClientFactory)
    kind = "email"
    value = factory.Sequence(lambda n: f"klient{n}@example.ee")
    created_at = YEAR_START
