import datetime as dt

import factory
from django.utils import timezone

from registry.models import CardPerson, Organisation, OrganisationKey, RepresentationCheck
from registry.open_data.words import keys_of


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    registry_code = factory.Sequence(lambda n: str(18000000 + n))
    name = factory.Sequence(lambda n: f"Näidis {n} OÜ")
    status = "R"
    status_text = "Registrisse kantud"
    legal_form = "OÜ"
    legal_form_label = "Osaühing"
    address = "Harju maakond, Tallinn, Kesklinna linnaosa, Roheline tn 1"
    source_moment = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=8))

    @factory.post_generation
    def keys(self, create, extracted, **kwargs):
        OrganisationKey.objects.bulk_create(
            OrganisationKey(organisation=self, word=word, position=position, text=text)
            for word, position, text in keys_of(self.name, self.registry_code)
        )


class CardPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardPerson

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Mari Näidis"
    role = "JUHL"
    role_label = "Juhatuse liige"


class RepresentationCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RepresentationCheck

    registry_code = "19999905"
    organisation_name = "Näidis OÜ"
    requested_at = factory.LazyFunction(timezone.now)

    class Params:
        sole = factory.Trait(
            state="answered",
            verdict="sole",
            answered_at=factory.SelfAttribute("requested_at"),
            evidence_at=factory.SelfAttribute("requested_at"),
        )
