"""One of everything, so that every page with an object in its address opens and has rows to show."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Competence, CompetenceHolding, Unit
from clients.actions.revoke_confirmation_links import PURPOSE as CONFIRM_EMAIL
from common.actions import issue_external_link
from documents.actions import load_as_it_is
from documents.actions.send_envelope import PURPOSE as CLIENT_PAGE
from documents.models import Access, UnsortedFile
from inquiries import actions as inquiries
from inquiries.actions import receive_past_file
from inquiries.actions.ask_satisfaction import PURPOSE as SATISFACTION
from inquiries.actions.ask_unit import PURPOSE as ANSWER_FOR_UNIT
from inquiries.actions.write_web_letter import PURPOSE as CONFIRM_LETTER
from inquiries.models import BadCallRecord, BlockedNumber, CallImport
from registry.models import RegisterImport
from registry.states import ImportState
from tests.documents.signatures import lists
from tests.documents.signing import keep_trusted_list
from tests.documents.situations import World
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import (
    JURI,
    MARI,
    CheckPersonFactory,
    PaperFactory,
    TemplateVersionFactory,
    give_competence,
)
from tests.factories.incoming import (
    IncomingMailFactory,
    SatisfactionQuestionFactory,
    WebLetterFactory,
)
from tests.factories.inquiries import (
    AnswerDraftFactory,
    CallRecordProfileFactory,
    CorrectionFactory,
    InquiryDraftFactory,
    InquiryFactory,
    LetterFactory,
    PhoneCallFactory,
    SavedViewFactory,
)
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.letter_data import letter_data
from tests.factories.registry import OrganisationFactory, RepresentationCheckFactory
from tests.factories.ticket_data import ticket_data
from tests.factories.tickets import TicketFactory, raised
from tickets import actions as tickets
from tickets.actions.ask_by_link import PURPOSE as ANSWER_TICKET
from tickets.models import CannedReply, JiraProject, JiraSite

# Routes that no object of the scene can open, with the reason.
NOT_IN_THE_SCENE: dict[str, str] = {
    "tickets:jira_webhook": "a Jira posts there; it is no page",
    "tickets:jira_webhook_of": "a Jira posts there; it is no page",
}

OF_A_LETTER = {
    f"inquiries:{step}"
    for step in (
        "answer",
        "ask_unit",
        "extend_term",
        "hand_over",
        "leave_unanswered",
        "read_answer",
        "register",
        "send_on",
        "show",
    )
}
OF_PAPER_LETTER = {"inquiries:print_letter", "inquiries:mark_posted"}
OF_A_PAPER = {
    "documents:check_again",
    "documents:choose_signers",
    "documents:request_draft",
    "documents:redo",
    "documents:paper_file",
    "documents:enter_paper",
    "documents:tell_client",
    "documents:cancel_paper",
}


OF_AN_ENVELOPE = {
    "documents:envelope_file",
    "documents:agency_sign",
    "documents:send_envelope",
    "documents:bring_return",
    "documents:confirm_return",
    "documents:check_return_again",
}
OF_A_MAIL_OF_A_CASE = {"documents:case_mail", "documents:case_mail_file"}
OF_A_SIGNER = {"documents:renew_link", "documents:revoke_link"}
OF_A_RETURN = {
    "documents:report",
    "documents:returned_file",
    "documents:refuse_return",
    "documents:tell_faults",
}
OF_A_CALL = {
    "inquiries:phone_call",
    "inquiries:link_call",
    "inquiries:unlink_call",
    "inquiries:set_call_aside",
    "inquiries:take_call_back",
}


OF_A_MAIL = {
    "inquiries:mail",
    "inquiries:raw_mail",
    "inquiries:mail_file",
    "inquiries:file_mail",
    "inquiries:dismiss_mail",
}
OF_A_QUESTION = {"ask:opinion", "ask:opinion_of", "ask:opinion_stop"}


class Scene:
    """What stands in the database, and which of it a route's parameters mean."""

    def __init__(self, user):
        self.user = user
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.people()
        self.clients()
        self.work()
        self.mailbox()
        load_as_it_is(
            content=lists.list_xml(*lists.usual()),
            name="XT.xml",
            store="live",
            reason="Toodud käsitsi, sest koondnimekirja pole",
            at=self.now,
        )
        self.access()
        self.tickets()

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
        _wall, self.wall_token = issue_external_link(
            purpose="workspace.wall",
            about=self.user,
            expires_at=self.now + dt.timedelta(days=1),
            by=self.user,
            at=self.now,
        )
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
        TemplateVersionFactory()
        self.wording = TemplateVersionFactory(number=2, state="draft", approved_at=None)
        give_competence(self.user, "approve_template")
        self.check = RepresentationCheckFactory(
            requested_by=self.user,
            state="needs_reading",
            verdict="needs_reading",
            answered_at=self.now,
            evidence_at=self.now,
        )
        self.person = CheckPersonFactory(check_of=self.check)
        self.draft = InquiryDraftFactory(owner=self.user, typed={"question": "Kas tohib raiuda?"})
        self.inquiry = InquiryFactory(
            agent=self.user, topic=self.topic, main_topic=None, client=self.client
        )
        self.callback = InquiryFactory(
            callback=True, agent=self.user, topic=self.topic, main_topic=None
        )
        InquiryFactory(with_unit=True, agent=self.user, topic=self.topic, main_topic=None)

        self.phone()

        self.letters(people={"agent": self.user, "topic": self.topic, "main_topic": None})
        self.correction = CorrectionFactory(inquiry=self.inquiry)
        self.view = SavedViewFactory(owner=self.user)
        self.paper = PaperFactory(case__responsible=self.user)
        self.requested = PaperFactory(requested=True, case__responsible=self.user)
        self.past_import = receive_past_file(
            file=SimpleUploadedFile("vana.csv", b"Nr;Aeg;Kanal;Sisu\n1;3.2.2019;tel;Kas tohib?\n"),
            source="Excel 2019",
            holds="inquiries",
            by=self.user,
            at=self.now,
        )
        self.register_import = RegisterImport.objects.create(
            kind="basic",
            path="basic.csv",
            file_name="basic.csv",
            state=ImportState.FAILED,
            reason="ends_early",
            requested_at=self.now,
        )

    def access(self):
        """A case on its way: sent, one file with faults, one good; and access that has to be closed."""
        keep_trusted_list(self.now)
        world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()
        self.envelope = world.envelopes[0]
        self.signer = self.envelope.signers.get(role="representative")
        self.returned = world.bring(self.envelope, JURI[1])
        world.bring(self.envelope, MARI[1])
        self.started = world.add("VOLIKIRI_TAVA")
        self.envelope_paper = self.envelope.papers.get()
        self.held = Access.objects.create(
            organisation_code=world.case.organisation_code,
            organisation_name=world.case.organisation_name,
            kind="main_user",
            person_name="Mari-Liis Konstantinova-Vassiljeva",
            masked_code="47001******",
            granted_by=world.papers[1],
            valid_from=self.today - dt.timedelta(days=40),
            ends_on=self.today,
        )
        _link, self.sign_token = self.link_to(self.signer, CLIENT_PAGE)
        self.world = world

    def tickets(self):
        """One with words of every kind that its solver, who is the same person, works on; and a draft."""
        ticket_data()
        self.ticket_draft = TicketFactory(responsible=self.user, steps_tried="-")
        ticket = raised(responsible=self.user, client=self.client, inquiry=self.inquiry)
        ticket.group.members.add(self.user)
        self.ticket_line = ticket.checklist.first()
        self.reply = CannedReply.objects.create(
            name="Kõik korras", purpose="delivery", text="{salutation}", owner=self.user
        )
        for kind in ("internal", "tier2"):
            tickets.comment_on_ticket(
                ticket=ticket, kind=kind, text="Klient ootab vastust", by=self.user, at=self.now
            )
        self.ticket = tickets.ask_about_ticket(
            ticket=ticket, text="Mis kell see oli?", by=self.colleague, at=self.now
        )
        tickets.ask_by_link(
            ticket=ticket,
            address="juht@agency.example",
            text="Kas rida on lukus?",
            language="et",
            by=self.user,
            at=self.now,
        )
        _link, self.ticket_token = self.link_to(ticket, ANSWER_TICKET)
        site = JiraSite.objects.create(code="kea", address="https://jira.example.ee")
        JiraProject.objects.create(
            site=site,
            group=ticket.group,
            project_key="KLT",
            field_map={"description": "description", "x": "facts"},
        )

    def phone(self):
        self.call = PhoneCallFactory(agent=self.user, rang_at=self.now - dt.timedelta(hours=1))
        self.missed = PhoneCallFactory(
            missed=True, rang_at=self.now - dt.timedelta(minutes=20), line=self.call.line
        )
        self.blocked = BlockedNumber.objects.create(
            number="+3725300199",
            reason="ähvardab",
            starts_at=self.now,
            ends_at=self.now + dt.timedelta(days=3),
            by=self.user,
        )
        self.call_import = CallImport.objects.create(
            line=self.call.line,
            profile=CallRecordProfileFactory(),
            path="cdr.csv",
            file_name="cdr.csv",
            state=ImportState.FAILED,
            reason="no_good_record",
            requested_at=self.now,
        )
        BadCallRecord.objects.create(
            call_import=self.call_import, position=3, reason="moment", raw='"","53001234"'
        )

    def letters(self, people):
        """One in line, one whose answer is being written, one with a unit."""
        letter_data()
        due = self.today + dt.timedelta(days=2)
        received = InquiryFactory(received=True, topic=self.topic, main_topic=None, answer_by=due)
        LetterFactory(inquiry=received, sender_name="Aleksandra Konstantinova-Vassiljeva")
        self.in_work = InquiryFactory(in_work=True, answer_by=due, **people)
        self.letter = LetterFactory(inquiry=self.in_work)
        LetterFactory(inquiry=self.in_work, answer=True)
        self.on_paper = LetterFactory(inquiry=self.in_work, to_post=True, at=self.now)
        AnswerDraftFactory(
            inquiry=self.in_work,
            started_by=self.colleague,
            updated_by=self.colleague,
            reading_asked_at=self.now,
        )
        asked = InquiryFactory(in_work=True, answer_by=self.today, **people)
        LetterFactory(inquiry=asked)
        self.unit_request = inquiries.ask_unit(
            inquiry=asked,
            unit=self.user.unit or Unit.objects.first(),
            text="Kas sellele kaevule on luba antud?",
            address="juht@agency.example",
            by=self.user,
            at=self.now,
        )
        _link, self.unit_token = issue_external_link(
            purpose=ANSWER_FOR_UNIT,
            about=self.unit_request,
            expires_at=self.now + dt.timedelta(days=1),
            by=None,
            at=self.now,
        )

    def mailbox(self):
        self.mail = IncomingMailFactory(
            set_aside=True, subject="Teie luba uue põlvkonna infosüsteemis"
        )
        self.mail_came = self.paper.case.events.create(
            what="mail_came", at=self.now, parameters={"mail": self.mail.pk}
        )
        UnsortedFile.objects.create(
            sha256="0" * 64,
            name="allkirjastatud_avaldus.asice",
            sender_address="mari@naidis.example.ee",
            came_at=self.now,
        )
        self.web_letter = WebLetterFactory()
        _link, self.web_token = self.link_to(self.web_letter, CONFIRM_LETTER)
        question = SatisfactionQuestionFactory(inquiry=self.inquiry)
        _link, self.question_token = self.link_to(question, SATISFACTION)

    def link_to(self, about, purpose):
        until = self.now + dt.timedelta(days=1)
        return issue_external_link(
            purpose=purpose, about=about, expires_at=until, by=None, at=self.now
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
            "accounts:correct_line_state": self.colleague.pk,
            "common:send_mail_again": 0,
            "clients:confirm_email": self.token,
            "workspace:revoke_wall": 0,
            "workspace:wall": self.wall_token,
            "clients:merge": self.client.pk,
            "inquiries:move_callback": self.callback.pk,
            "inquiries:record_try": self.callback.pk,
            "inquiries:change_callback_number": self.callback.pk,
            "inquiries:settle": self.callback.pk,
            "inquiries:lift_block": self.blocked.pk,
            "inquiries:close_phone_line": self.call.line_id,
            "inquiries:call_import": self.call_import.pk,
            "inquiries:resume_call_import": self.call_import.pk,
            **dict.fromkeys(OF_A_CALL, self.call.pk),
            "inquiries:unit_answer": self.unit_request.pk,
            "inquiries:unit_link": self.unit_token,
            "inquiries:unit_link_file": self.unit_token if parameter == "token" else 0,
            "inquiries:letter_file": 0,
            **dict.fromkeys(OF_PAPER_LETTER, self.on_paper.pk),
            "documents:approve_template": self.wording.pk,
            "documents:close_access": self.held.pk,
            "documents:change_terms": self.started.pk,
            **dict.fromkeys(OF_AN_ENVELOPE, self.envelope.pk),
            **dict.fromkeys(OF_A_SIGNER, self.signer.pk),
            **dict.fromkeys(OF_A_RETURN, self.returned.pk),
            "documents:add_paper": self.world.case.pk,
            "documents:make_envelopes": self.world.case.pk,
            **dict.fromkeys(OF_A_MAIL_OF_A_CASE, self.mail_came.pk),
            **dict.fromkeys(OF_A_MAIL, self.mail.pk),
            "ask:confirm": self.web_token,
            "tickets:discard": self.ticket_draft.pk,
            **dict.fromkeys(OF_A_QUESTION, self.question_token),
            **dict.fromkeys(OF_A_LETTER, self.in_work.pk),
        }
        if route.name == "documents:client_paper" and parameter == "pk":
            return self.envelope_paper.pk
        by_parameter = {
            ("documents", "token"): self.sign_token,
            ("documents", "number"): 0,
            ("tickets", "pk"): self.ticket.pk,
            ("tickets", "key"): self.ticket_draft.key,
            ("tickets", "file_pk"): 0,
            ("tickets", "link_pk"): 0,
            ("tickets", "other_pk"): 0,
            ("tickets", "line_pk"): self.ticket_line.pk,
            ("tickets", "reply_pk"): self.reply.pk,
            ("tickets", "token"): self.ticket_token,
            ("tickets", "language"): "ru",
            ("documents", "language"): "ru",
            ("knowledge", "pk"): self.version.article_id,
            ("knowledge", "language"): "et",
            ("knowledge", "number"): 1,
            ("inquiries", "number"): 0,
            ("ask", "language"): "ru",
            ("ask", "key"): self.web_letter.pk,
            ("ask", "score"): 4,
            ("workspace", "key"): self.draft.pk,
            ("workspace", "call"): self.call.pk,
            ("workspace", "inquiry"): self.callback.pk,
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
            ("registry", "person_pk"): self.person.pk,
            ("registry", "evidence_pk"): 0,
            ("registry", "import_pk"): self.register_import.pk,
            ("documents", "kind"): "KASUTUSLEPING",
            ("documents", "pk"): self.paper.pk if route.name in OF_A_PAPER else self.paper.case_id,
            ("knowledge", "topic_code"): self.topic.code,
            ("inquiries", "pk"): self.inquiry.pk,
            ("inquiries", "letter_pk"): self.letter.pk,
            ("inquiries", "file_pk"): 0,
            ("inquiries", "past_pk"): self.past_import.pk,
        }
        if route.name in OF_PAPER_LETTER or (
            route.name in meanings and parameter in {"pk", "token"}
        ):
            return meanings[route.name]
        return by_parameter[route.app, parameter]
