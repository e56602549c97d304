import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry, Competence, CompetenceHolding
from registry import actions
from registry.models import BadRecord, RegisterImport, RepresentationCheck
from registry.open_data.generate import write_files
from registry.representation import Signatory
from registry.states import CheckState, ImportState
from tests.factories.accounts import UserFactory
from tests.factories.registry import (
    CardPersonFactory,
    OrganisationFactory,
    RepresentationCheckFactory,
)
from tests.htmx import soup, swapped

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SEARCH = "/registry/"


@pytest.fixture
def clerk(client):
    return signed_in(client, "coordinator")


def signed_in(client, role):
    user = UserFactory(role=role)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def text_of(answer):
    return " ".join(soup(answer).get_text(" ").split())


def checked(code, *signatories):
    check = actions.request_representation_check(
        registry_code=code,
        purpose="drafting",
        signatories=signatories,
        by=UserFactory(),
        at=timezone.now(),
    )
    return actions.run_representation_check(check_id=check.pk, at=timezone.now())


@pytest.mark.usefixtures("clerk")
class TestSearch:
    def test_posted_words_find_organisations(self, client):
        OrganisationFactory(name="Põhjala Kalurid OÜ")

        page = text_of(client.post(SEARCH, {"text": "kalur pohj"}))

        assert "Põhjala Kalurid OÜ" in page
        assert "1 organisation" in page
        assert "CC BY 4.0" in page

    def test_empty_and_unknown_are_answered_in_words(self, client):
        assert "Write a registry code" in text_of(client.get(SEARCH))
        assert "Not in our copy" in text_of(client.post(SEARCH, {"text": "zzzz"}))

    def test_more_than_fits_is_said(self, client):
        OrganisationFactory.create_batch(21)

        assert "more than 20" in text_of(client.post(SEARCH, {"text": "näidis"}))

    def test_swapped_results_equal_a_fresh_page(self, client):
        OrganisationFactory.create_batch(3)
        first = soup(client.get(SEARCH))
        answer = soup(client.post(SEARCH, {"text": "näidis"}, headers=HTMX))
        fresh = soup(client.post(SEARCH, {"text": "näidis"}))

        played = swapped(first, answer, target="#results")

        assert played.select_one("#results") == fresh.select_one("#results")

    @pytest.mark.parametrize("count", [1, 3])
    def test_results_cost_the_same_for_any_length(self, client, django_assert_num_queries, count):
        OrganisationFactory.create_batch(count)

        with django_assert_num_queries(6):
            client.post(SEARCH, {"text": "näidis"}, headers=HTMX)


class TestCard:
    def test_card_shows_people_conditions_source_and_earlier_checks(self, client, clerk):
        organisation = OrganisationFactory(name="Näidis & <Ko> OÜ", registry_code="19999905")
        CardPersonFactory(organisation=organisation, term_ends_on="2020-01-01")
        organisation.rules.create(is_deviation=True, kind="YHES", text="Liikmed esindavad ühiselt.")
        RepresentationCheckFactory(registry_code="19999905", sole=True, requested_by=clerk)

        page = text_of(client.get(reverse("registry:organisation", args=["19999905"])))

        assert "Näidis & <Ko> OÜ" in page
        assert "Mari Näidis" in page
        assert "ended" in page
        assert "Liikmed esindavad ühiselt." in page
        assert "RIK" in page
        assert "Answered" in page
        assert AccessEntry.objects.filter(what="registry.view_organisation").count() == 1

    def test_missing_organisation_is_said_to_be_missing_not_gone(self, client, clerk):
        OrganisationFactory(registry_code="19999905", missing_since=timezone.now())

        page = text_of(client.get(reverse("registry:organisation", args=["19999905"])))

        assert "may have been deleted" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_card_costs_the_same_for_any_number_of_people(
        self, client, clerk, django_assert_num_queries, count
    ):
        organisation = OrganisationFactory()
        CardPersonFactory.create_batch(count, organisation=organisation)
        RepresentationCheckFactory.create_batch(
            count, registry_code=organisation.registry_code, requested_by=clerk
        )

        with django_assert_num_queries(10):
            client.get(reverse("registry:organisation", args=[organisation.registry_code]))

    def test_administrator_sees_the_card_but_no_checks(self, client):
        signed_in(client, "administrator")
        organisation = OrganisationFactory()

        page = text_of(
            client.get(reverse("registry:organisation", args=[organisation.registry_code]))
        )

        assert "Checks made before" not in page
        assert client.get("/registry/checks/").status_code == 403


class TestRequest:
    URL = "/registry/organisations/19999905/check/"

    def form(self, **people):
        return {
            "purpose": "drafting",
            "people-TOTAL_FORMS": "2",
            "people-INITIAL_FORMS": "0",
            **people,
        }

    def test_check_is_requested_for_the_people_named(self, client, clerk):
        answer = client.post(
            self.URL,
            self.form(**{"people-0-name": "Jaan Näidis", "people-0-code": "37001011004"}),
        )

        check = RepresentationCheck.objects.get()
        assert answer["Location"] == reverse("registry:check", args=[check.pk])
        assert [one.name for one in check.signatories.all()] == ["Jaan Näidis"]
        assert check.requested_by == clerk

    def test_code_without_a_name_is_pointed_out_and_kept(self, client, clerk):
        answer = client.post(self.URL, self.form(**{"people-0-code": "37001011004"}))

        assert answer.status_code == 422
        assert "Write the name as well." in text_of(answer)
        assert b"37001011004" in answer.content
        assert not RepresentationCheck.objects.exists()

    def test_nobody_named_asks_who_might_sign(self, client, clerk):
        client.post(self.URL, self.form())

        assert not RepresentationCheck.objects.get().signatories.exists()


class TestCheck:
    def test_answer_is_told_in_words_with_people_and_evidence(self, client, clerk, register):
        check = checked("19999928", Signatory("Anu Proov", "47001011016"))

        answer = client.get(reverse("registry:check", args=[check.pk]))

        page = text_of(answer)
        assert "Joint representation: somebody is missing" in page
        assert "Missing: Peeter Katse." in page
        assert "Juhatuse liikmed esindavad osaühingut ühiselt." in page
        assert "47001******" in page
        assert b"47001011016" not in answer.content
        assert "esindus_v2 detailandmed_v2" in page
        assert AccessEntry.objects.filter(what="registry.view_check").count() == 1

    def test_waiting_check_says_that_nothing_is_known_yet(self, client, clerk, register):
        register.control({"mode": "unavailable"})
        check = checked("19999905")

        page = text_of(client.get(reverse("registry:check", args=[check.pk])))

        assert "does not answer" in page
        assert "Nothing is known yet about anybody's right." in page

    def test_page_asks_for_itself_until_the_answer_is_there(self, client, clerk, register):
        check = RepresentationCheckFactory(registry_code="19999905", requested_by=clerk)
        url = reverse("registry:check", args=[check.pk])
        first = soup(client.get(url))
        assert first.select_one("#answer")["hx-get"] == url

        actions.run_representation_check(check_id=check.pk, at=timezone.now())
        answer = soup(client.get(url, headers=HTMX))

        assert not answer.select_one("#answer").has_attr("hx-get")
        fresh = soup(client.get(url))
        played = swapped(first, answer, target="#answer")
        assert played.select_one("#answer") == fresh.select_one("#answer")

    def test_page_is_loaded_anew_when_a_person_must_act(self, client, clerk, register):
        check = checked("19999928")

        answer = client.get(reverse("registry:check", args=[check.pk]), headers=HTMX)

        assert answer["HX-Refresh"] == "true"

    def test_confirming_by_page(self, client, clerk, register, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path
        competence = Competence.objects.get_or_create(
            code="confirm_check", defaults={"name_et": "x", "name_en": "x", "name_ru": "x"}
        )[0]
        CompetenceHolding.objects.create(
            competence=competence, user=clerk, starts_on="2020-01-01", basis="order"
        )
        check = checked("19999762", Signatory("Tiit Tingimus"))
        url = reverse("registry:confirm_check", args=[check.pk])

        refused = client.post(url, {"reason": "", "paper": ""})
        assert refused.status_code == 422
        pdf = SimpleUploadedFile("extract.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n")
        answer = client.post(url, {"reason": "Loetud", "paper": pdf, "extract_on": ""}, follow=True)

        check.refresh_from_db()
        assert check.state == CheckState.CONFIRMED
        assert "Loetud" in text_of(answer)
        paper = check.evidence.get(kind="paper")
        sent = client.get(reverse("registry:paper", args=[check.pk, paper.pk]))
        assert sent["Content-Disposition"].startswith("attachment")
        assert b"".join(sent.streaming_content).startswith(b"%PDF")
        sent.close()

    def test_file_that_is_no_paper_is_refused_at_its_field(self, client, clerk, register):
        check = checked("19999928")

        answer = client.post(
            reverse("registry:confirm_check", args=[check.pk]),
            {"reason": "Loetud", "paper": SimpleUploadedFile("x.pdf", b"MZ\x90 program")},
        )

        assert answer.status_code == 422
        page = soup(answer)
        field = page.select_one("[name=paper]")
        assert "only" in page.find(id=field["aria-describedby"].split()[-1]).get_text()
        assert page.select_one("[name=reason]").get_text().strip() == "Loetud"
        check.refresh_from_db()
        assert check.state == CheckState.NEEDS_READING

    def test_declining_without_competence_says_so(self, client, clerk, register):
        check = checked("19999928")

        answer = client.post(
            reverse("registry:decline_check", args=[check.pk]), {"decline-reason": "ei"}
        )

        assert answer.status_code == 422
        assert "do not hold the competence" in text_of(answer)

    def test_specialist_may_ask_but_not_confirm(self, client, register):
        signed_in(client, "specialist")
        check = checked("19999928")

        page = text_of(client.get(reverse("registry:check", args=[check.pk])))
        assert "A colleague who holds the competence" in page
        assert client.post(reverse("registry:confirm_check", args=[check.pk])).status_code == 403

    def test_waiting_is_stopped_withdrawn_or_asked_anew(self, client, clerk, register):
        register.control({"mode": "unavailable"})
        first, second = checked("19999905"), checked("19999905")

        client.post(reverse("registry:stop_waiting", args=[first.pk]))
        client.post(reverse("registry:withdraw_check", args=[second.pk]))
        client.post(reverse("registry:ask_anew", args=[first.pk]))

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (CheckState.NEEDS_EVIDENCE, CheckState.WITHDRAWN)
        assert RepresentationCheck.objects.filter(asks_anew=True).count() == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_list_costs_the_same_for_any_length(
        self, client, clerk, django_assert_num_queries, count
    ):
        RepresentationCheckFactory.create_batch(count, requested_by=UserFactory())

        with django_assert_num_queries(4):
            answer = client.get("/registry/checks/?show=all")

        assert len(soup(answer).select(".hist li")) == count

    def test_lists_that_are_empty_say_so(self, client, clerk):
        assert "No checks here." in text_of(client.get("/registry/checks/"))


class TestImports:
    @pytest.fixture(autouse=True)
    def _folder(self, client, tmp_path, settings):
        settings.REGISTER_FILES_DIR = tmp_path
        self.folder = tmp_path
        signed_in(client, "administrator")

    def test_file_of_the_folder_is_imported_and_its_progress_shown(self, client):
        basic, _cards = write_files(self.folder, 5, made=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

        answer = client.post("/registry/imports/", {"chosen": basic.name})

        found = RegisterImport.objects.get()
        url = reverse("registry:import", args=[found.pk])
        assert answer["Location"] == url
        assert "Waiting for the worker" in text_of(client.get(url))
        assert soup(client.get(url)).select_one("#progress")["hx-get"] == url
        actions.import_register_file(import_id=found.pk, clock=timezone.now)
        page = text_of(client.get(url, headers=HTMX))
        assert "Done" in page
        assert "100 % read" in page

    def test_sent_file_is_imported(self, client):
        basic, _cards = write_files(
            self.folder / "elsewhere", 5, made=dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
        )

        client.post(
            "/registry/imports/", {"sent": SimpleUploadedFile(basic.name, basic.read_bytes())}
        )

        found = RegisterImport.objects.get()
        assert found.file_name == basic.name
        assert (
            actions.import_register_file(import_id=found.pk, clock=timezone.now).state
            == ImportState.DONE
        )

    @pytest.mark.parametrize(
        "form", [{}, {"chosen": "../../etc/passwd"}, {"sent": SimpleUploadedFile("x", b"rubbish")}]
    )
    def test_what_cannot_be_imported_is_refused_in_words(self, client, form):
        answer = client.post("/registry/imports/", form)

        assert answer.status_code == 422
        assert not RegisterImport.objects.exists()
        assert not [path for path in self.folder.iterdir() if path.name.startswith("sent-")]

    def test_failed_import_shows_why_and_what_was_set_aside_and_is_gone_on_with(self, client):
        found = RegisterImport.objects.create(
            path="x",
            file_name="x.csv",
            kind="basic",
            state="failed",
            reason="ends_early",
            requested_at=timezone.now(),
        )
        BadRecord.objects.create(register_import=found, position=7, reason="no_name")

        page = text_of(client.get(reverse("registry:import", args=[found.pk])))
        assert "not downloaded whole" in page
        assert "7 – no name" in page
        client.post(reverse("registry:resume_import", args=[found.pk]))
        found.refresh_from_db()
        assert found.state == ImportState.QUEUED

    @pytest.mark.parametrize("count", [1, 3])
    def test_list_costs_the_same_for_any_length(self, client, django_assert_num_queries, count):
        for number in range(count):
            RegisterImport.objects.create(
                path=f"{number}",
                file_name=f"{number}.csv",
                requested_at=timezone.now(),
                requested_by=UserFactory(),
            )

        with django_assert_num_queries(4):
            assert client.get("/registry/imports/").status_code == 200

    def test_only_administrators_import(self, client):
        signed_in(client, "specialist")

        assert client.get("/registry/imports/").status_code == 403


@pytest.mark.parametrize("code", ["47001011016", "Mari Maasikas", "29999905", "1" * 300])
def test_no_check_is_asked_for_what_is_no_registry_code(client, clerk, code):
    page = reverse("registry:request_check", args=[code])

    answers = [client.get(page), client.post(page, {"purpose": "drafting"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not RepresentationCheck.objects.exists()
