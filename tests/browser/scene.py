"""One of everything, so that every page with an object in its address opens and has rows to show."""

import datetime as dt

from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Competence, CompetenceHolding, Unit
from clients.actions.revoke_confirmation_links import PURPOSE as CONFIRM_EMAIL
from common.actions import issue_external_link
from registry.models import RegisterImport
from registry.states import ImportState
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import PaperFactory
from tests.factories.inquiries import (
    CorrectionFactory,
    InquiryDraftFactory,
    InquiryFactory,
    SavedViewFactory,
)
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory

# Routes that no object of the scene can open, with the reason.
NOT_IN_THE_SCENE: dict[str, str] = {}

OF_A_PAPER = {
    "documents:check_again",
    "documents:choose_signers",
    "documents:request_draft",
    "documents:redo",
    "documents:paper_file",
}


class Scene:
    """What stands in the database, and which of it a route's parameters mean."""

    def __init__(self, user):
        self.user = user
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.people()
        self.clients()
        self.work()

    def people(self):
        unit = Unit.objects.create(name_et="Kliendihalduse osakonna klienditoe büroo")
        self.colleague = UserFactory(
            role="specialist", unit=unit, first_name="Mari-Liis", last_name="Kuusemäe"
        )
        competence = Competence.objects.create(code="sign", name_et="Allkirjastamine")
        self.holding = CompetenceHolding.objects.create(
            competence=competence,
            user=self.colleague,
            starts_on=self.today,
            basis="käskkiri 1-2/26",
        )
        self.substitution = accounts.arrange_substitution(
            substitute=self.user,
            substituted=self.colleague,
            roles=["specialist"],
            starts_on=self.today,
            ends_on=self.today + dt.timedelta(days=4),
            by=None,
            at=self.now,
        )

    def clients(self):
        self.client = ClientFactory(phone="5300 1234", email="mari@example.ee")
        self.other_client = ClientFactory(organisation=True, phone="5300 1235")
        address = self.address = self.client.contact_points.get(kind="email")
        self.link, self.token = issue_external_link(
            purpose=CONFIRM_EMAIL,
            about=address,
            expires_at=self.now + dt.timedelta(days=1),
            by=None,
            at=self.now,
        )

    def work(self):
        self.topic = TopicFactory(name_et="Keskkonnaregistri andmete parandamine ja täiendamine")
        self.version = ArticleVersionFactory(valid_from=self.today)
        self.organisation = OrganisationFactory()
        self.check = RepresentationCheckFactory(
            requested_by=self.user,
            state="needs_reading",
            verdict="needs_reading",
            answered_at=self.now,
            evidence_at=self.now,
        )
        self.draft = InquiryDraftFactory(owner=self.user, typed={"question": "Kas tohib raiuda?"})
        self.inquiry = InquiryFactory(
            agent=self.user, topic=self.topic, main_topic=None, client=self.client
        )
        self.callback = InquiryFactory(
            callback=True, agent=self.user, topic=self.topic, main_topic=None
        )
        InquiryFactory(with_unit=True, agent=self.user, topic=self.topic, main_topic=None)

        self.correction = CorrectionFactory(inquiry=self.inquiry)
        self.view = SavedViewFactory(owner=self.user)
        self.paper = PaperFactory(case__responsible=self.user)
        self.requested = PaperFactory(requested=True, case__responsible=self.user)
        self.register_import = RegisterImport.objects.create(
            kind="basic",
            path="basic.csv",
            file_name="basic.csv",
            state=ImportState.FAILED,
            reason="ends_early",
            requested_at=self.now,
        )

    def arguments(self, route):
        """Raises LookupError for a parameter that nobody has put into words here."""
        return {name: self.meant(route, name) for name in route.parameters}

    def meant(self, route, parameter):
        meanings = {
            "accounts:end_competence": self.holding.pk,
            "accounts:substitution": self.substitution.pk,
            "accounts:end_substitution": self.substitution.pk,
            "accounts:revoke_token": 0,
            "common:send_mail_again": 0,
            "clients:confirm_email": self.token,
            "clients:merge": self.client.pk,
            "inquiries:move_callback": self.callback.pk,
            "inquiries:record_try": self.callback.pk,
            "inquiries:settle": self.callback.pk,
        }
        by_parameter = {
            ("knowledge", "pk"): self.version.article_id,
            ("knowledge", "language"): "et",
            ("knowledge", "number"): 1,
            ("workspace", "key"): self.draft.pk,
            ("workspace", "pk"): self.topic.pk,
            ("clients", "pk"): self.client.pk,
            ("clients", "kind"): "phone" if route.name == "clients:add_contact" else "person",
            ("clients", "contact_point"): self.address.pk,
            ("clients", "other"): self.other_client.pk,
            ("clients", "merge"): 0,
            ("inquiries", "key"): self.view.pk,
            ("inquiries", "correction_pk"): self.correction.pk,
            ("registry", "registry_code"): self.organisation.registry_code,
            ("registry", "pk"): self.check.pk,
            ("registry", "evidence_pk"): 0,
            ("registry", "import_pk"): self.register_import.pk,
            ("documents", "pk"): self.paper.pk if route.name in OF_A_PAPER else self.paper.case_id,
            ("knowledge", "topic_code"): self.topic.code,
            ("inquiries", "pk"): self.inquiry.pk,
        }
        if route.name in meanings and parameter in {"pk", "token"}:
            return meanings[route.name]
        return by_parameter[route.app, parameter]
