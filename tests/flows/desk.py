"""The steps of a story, each through the page or the task that does it in life."""

import io
import uuid

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Competence, CompetenceHolding
from documents import tasks
from documents.models import AccessCase, Paper
from registry.actions import run_representation_check
from tests.factories.accounts import UserFactory
from tests.htmx import soup


class Desk:
    def __init__(self, client, user, register):
        self.client, self.user, self.register = client, user, register

    def start(self, *, portal="e_services", organisation="", inquiry=""):
        answer = self.client.post(
            reverse("documents:start"),
            {
                "key": uuid.uuid4(),
                "portal": portal,
                "organisation": organisation,
                "inquiry": inquiry,
            },
        )
        assert answer.status_code == 302, answer.content.decode()
        return AccessCase.objects.latest("pk")

    def page(self, case):
        return soup(self.client.get(reverse("documents:case", args=[case.pk])))

    def paper(self, case):
        return Paper.objects.select_related("representation_check", "case").get(case=case)

    def ask_register(self, case, *, at=None):
        """What the worker does for the check that is owed."""
        check = self.paper(case).representation_check
        return run_representation_check(check_id=check.pk, at=at or timezone.now())

    def give_contacts(self, case):
        self._post(
            "documents:give_contacts",
            case.pk,
            name="Näidis OÜ",
            phone="5300 1234",
            email="info@naidis.example.ee",
        )

    def send_draft_form(self, case, route, people):
        """`people` are parts of the names to be ticked."""
        form = self.page(case).select_one("#signers")
        chosen = [
            choice.select_one("input")["value"]
            for choice in form.select(".pick label")
            if any(name in choice.get_text() for name in people)
        ]
        assert len(chosen) == len(people)
        delegation = form.select_one("[name=delegation] option[selected]")["value"]
        version = form.select_one("[name=version]")["value"]
        self._post(
            route,
            self.paper(case).pk,
            people=chosen,
            delegation=delegation,
            version=version,
        )

    def check_these_people(self, case, people):
        self.send_draft_form(case, "documents:choose_signers", people)

    def ask_for_draft(self, case, people):
        self.send_draft_form(case, "documents:request_draft", people)

    def read_and_confirm(self, case):
        """A coordinator reads what the register says in free words, and takes it to be enough."""
        colleague = UserFactory(role="coordinator")
        competence = Competence.objects.create(
            code="confirm_check", name_et="x", name_en="x", name_ru="x"
        )
        CompetenceHolding.objects.create(
            competence=competence, user=colleague, starts_on="2020-01-01", basis="1-2/26"
        )
        check = self.paper(case).representation_check
        theirs = Client()
        theirs.force_login(colleague)
        url = reverse("registry:confirm_check", args=[check.pk])
        answer = theirs.post(url, {"reason": "Tekst nõuab mõlemat allkirja; mõlemad on nimetatud."})
        assert answer.status_code == 302

    def draw(self, case):
        """The worker draws what is owed; give the text of the downloaded paper."""
        paper = self.paper(case)
        tasks.render_draft(paper_id=paper.pk)
        answer = self.client.get(reverse("documents:paper_file", args=[paper.pk]), {"download": ""})
        content = io.BytesIO(b"".join(answer.streaming_content))
        return " ".join(" ".join(page.extract_text() for page in PdfReader(content).pages).split())

    def _post(self, route, pk, **fields):
        answer = self.client.post(reverse(route, args=[pk]), fields)
        assert answer.status_code == 302, soup(answer).select_one("main").get_text()
