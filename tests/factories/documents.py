import datetime as dt
from pathlib import Path

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Competence, CompetenceHolding
from documents.kinds import SignerRole
from documents.models import (
    AccessCase,
    AgencyDelegation,
    Paper,
    PaperSigner,
    PaperTemplate,
    TemplateVersion,
)
from documents.signers import BY_LAW, code_hash, masked
from documents.states import CaseState, PaperState
from registry.models import CheckPerson
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory

SEED = Path(__file__).parents[2] / "documents" / "seed" / "kasutusleping.et.txt"
# Codes of registry.md §5: valid check digits, nobody's.
MARI = ("Mari Maasikas", "47001011016")
TIINA = "47002020019"
JURI = ("Jüri Õunapuu", "37001011004")


class CheckPersonFactory(DjangoModelFactory):
    """A person whom the check found on the register card: a board member who may sign alone."""

    class Meta:
        model = CheckPerson

    check_of = factory.SubFactory(RepresentationCheckFactory, sole=True)
    position = factory.Sequence(int)
    of_code = "19999905"
    name = MARI[0]
    code = MARI[1]
    country = "EST"
    role = "JUHL"
    role_label = "Juhatuse liige"
    may_alone = True
    represents = True


class AgencyDelegationFactory(DjangoModelFactory):
    """Somebody who signs for the agency: by a delegation, and holding the competence."""

    class Meta:
        model = AgencyDelegation
        skip_postgeneration_save = True

    holder = factory.SubFactory(UserFactory, first_name="Tiina", last_name="Tamm")
    job_title = "klienditeeninduse juht"
    basis = "peadirektori käskkirja nr 1-1/26/5"
    personal_code = TIINA
    valid_from = dt.date(2020, 1, 1)

    @factory.post_generation
    def competence(self, create, extracted, **kwargs):
        if extracted is not False:
            give_competence_to_sign(self.holder)


def give_competence_to_sign(user):
    """The other half of a right to sign for the agency."""
    return give_competence(user, "sign_for_agency", is_personal=True)


def give_competence(user, code, *, is_personal=False):
    competence, _new = Competence.objects.get_or_create(
        code=code,
        defaults={"name_et": "x", "name_en": "x", "name_ru": "x", "is_personal": is_personal},
    )
    return CompetenceHolding.objects.create(
        competence=competence, user=user, starts_on=dt.date(2020, 1, 1), basis="ametijuhend p 4.6"
    )


class TemplateVersionFactory(DjangoModelFactory):
    """The seeded wording, approved."""

    class Meta:
        model = TemplateVersion
        django_get_or_create = ("template", "number")

    template = factory.LazyFunction(
        lambda: PaperTemplate.objects.get_or_create(kind="KASUTUSLEPING")[0]
    )
    number = 1
    state = "approved"
    body = factory.LazyFunction(lambda: SEED.read_text(encoding="utf-8"))
    written_at = factory.LazyFunction(timezone.now)
    approved_at = factory.LazyFunction(timezone.now)


class AccessCaseFactory(DjangoModelFactory):
    """A case of an organisation in the register, with a client card, phone and e-mail."""

    class Meta:
        model = AccessCase

    class Params:
        kotkas = factory.Trait(portal="kotkas", client=None, organisation_code="")

    number = factory.Sequence(lambda n: f"J-2026-9{n:05d}")
    portal = "e_services"
    organisation_code = "19999905"
    organisation_name = "Näidis OÜ"
    client = factory.SubFactory(
        ClientFactory,
        organisation=True,
        name="Näidis OÜ",
        registry_code=factory.SelfAttribute("..organisation_code"),
        phone="5300 1234",
        email="info@naidis.example.ee",
    )
    responsible = factory.SubFactory(UserFactory, role="specialist")
    started_at = factory.LazyFunction(timezone.now)


class PaperFactory(DjangoModelFactory):
    """A user agreement in preparation: checked, nobody chosen yet."""

    class Meta:
        model = Paper

    class Params:
        requested = factory.Trait(
            state=PaperState.DRAFT_REQUESTED,
            number=factory.Sequence(lambda n: f"KL-2026-9{n:05d}"),
            requested_at=factory.LazyFunction(timezone.now),
            template_version=factory.SubFactory(TemplateVersionFactory),
            variables='{"amet": {"nimi": "Keskkonnaamet"}}',
            restricted_until=dt.date(2101, 11, 22),
            case__state=CaseState.DRAFTING,
        )

    case = factory.SubFactory(AccessCaseFactory)
    kind = "KASUTUSLEPING"
    created_at = factory.LazyFunction(timezone.now)
    representation_check = factory.SubFactory(RepresentationCheckFactory, sole=True)


class SignerFactory(DjangoModelFactory):
    class Meta:
        model = PaperSigner

    paper = factory.SubFactory(PaperFactory)
    role = SignerRole.REPRESENTATIVE
    position = factory.Sequence(int)
    name = MARI[0]
    personal_code = MARI[1]
    code_country = "EST"
    job_title = "juhatuse liige"
    basis = BY_LAW
    masked_code = factory.LazyAttribute(lambda made: masked(made.personal_code))
    personal_code_hash = factory.LazyAttribute(
        lambda made: code_hash(made.personal_code, made.code_country)
    )


def ready_for_draft(**fields):
    """A paper of which nothing is missing but the word to make it: (paper, the person who signs)."""
    OrganisationFactory(registry_code="19999905", name="Näidis OÜ")
    TemplateVersionFactory()
    AgencyDelegationFactory()
    paper = PaperFactory(**fields)
    return paper, CheckPersonFactory(check_of=paper.representation_check)
