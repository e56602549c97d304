import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from registry import actions
from registry.gateways.business_register import (
    RegisterNotSetUp,
    RegisterUnavailable,
    business_register,
)
from registry.models import RegisterAnswer, RepresentationCheck
from tests.factories.accounts import UserFactory
from tests.factories.registry import OrganisationFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db
CODE = "19999905"


@pytest.fixture
def clerk(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def look_up(code=CODE, by=None):
    return actions.look_up_organisation(
        registry_code=code, by=by or UserFactory(), at=timezone.now()
    )


def logged():
    entries = AccessEntry.objects.filter(what="registry.look_up").order_by("pk")
    return list(entries.values_list("by_id", "subject_id", "result_count", "reason"))


def live_page(code=CODE):
    return reverse("registry:live", args=[code])


def text_of(answer):
    return " ".join(soup(answer).select_one("main").get_text(" ").split())


def test_client_reads_name_form_status_and_address(register):
    organisation = business_register().look_up(CODE).organisation

    assert (organisation.code, organisation.status) == (CODE, "R")
    assert organisation.name == register.cases[CODE]["name"]
    assert organisation.legal_form == register.cases[CODE]["legal_form"]
    assert organisation.address == register.cases[CODE]["address"]
    assert organisation.persons == ()
    assert register.asked == [["lihtandmed_v3", CODE]]


def test_look_up_is_kept_and_logged_and_not_asked_twice_a_day(register):
    first = look_up()
    user = UserFactory()

    second = look_up(by=user)

    assert second == first
    assert register.asked == [["lihtandmed_v3", CODE]]
    assert logged()[1] == (user.pk, str(first.pk), 1, "")


def test_code_that_nobody_bears_is_an_answer(register):
    assert look_up("19999999").organisation is None
    assert logged()[0][2] == 0


def test_look_up_lends_a_check_nothing(register):
    look_up()

    check = actions.request_representation_check(
        registry_code=CODE, purpose="drafting", signatories=[], by=UserFactory(), at=timezone.now()
    )
    check = actions.run_representation_check(check_id=check.pk, at=timezone.now())

    assert ["esindus_v2", CODE] in register.asked
    assert check.people.exists()


def test_check_of_today_lends_a_look_up_its_answer(register):
    check = actions.request_representation_check(
        registry_code=CODE, purpose="drafting", signatories=[], by=UserFactory(), at=timezone.now()
    )
    actions.run_representation_check(check_id=check.pk, at=timezone.now())

    assert look_up().organisation.name == register.cases[CODE]["name"]
    assert "lihtandmed_v3" not in [operation for operation, _code in register.asked]


def test_silence_is_refused_in_words_and_logged(register):
    register.control({"mode": "unavailable"})

    with pytest.raises(RegisterUnavailable):
        look_up()

    assert logged()[0][1:] == ("", 0, "register_unavailable")
    assert not RegisterAnswer.objects.exists()


def test_without_a_contract_it_is_said(settings):
    settings.REGISTER_URL = ""

    with pytest.raises(RegisterNotSetUp):
        look_up()


def test_somebody_who_waits_waits_less_than_a_worker(register, settings):
    settings.REGISTER_TIMEOUT_SECONDS = 60

    assert business_register(timeout=3).timeout == 3
    assert business_register().timeout == 60


@pytest.mark.usefixtures("clerk")
class TestPages:
    def test_code_that_our_copy_lacks_leads_to_the_live_register_and_to_a_check(
        self, client, register
    ):
        found = soup(client.post("/registry/", {"text": "1999 9905"}))
        form = found.select_one(f"form[action='{live_page()}']")
        assert "Ask the live register about 19999905" in form.get_text(" ")

        answer = client.post(form["action"], follow=True)

        page = soup(answer)
        assert register.cases[CODE]["name"] in page.select_one("h1").get_text()
        assert register.cases[CODE]["address"] in text_of(answer)
        check = page.select_one(f"a[href='{reverse('registry:request_check', args=[CODE])}']")
        assert register.cases[CODE]["name"] in text_of(client.get(check["href"]))
        client.post(
            check["href"],
            {"purpose": "drafting", "people-TOTAL_FORMS": 0, "people-INITIAL_FORMS": 0},
        )
        asked = RepresentationCheck.objects.get()
        assert asked.organisation_name == register.cases[CODE]["name"]

    def test_code_of_our_copy_is_not_offered_to_the_register(self, client):
        OrganisationFactory(registry_code=CODE)

        assert not soup(client.post("/registry/", {"text": CODE})).select(
            f"form[action='{live_page()}']"
        )

    def test_card_that_is_not_ours_goes_on_to_the_live_register(self, client):
        card = reverse("registry:organisation", args=[CODE])

        assert client.get(card).url == live_page()
        assert client.get(reverse("registry:organisation", args=["abc"])).status_code == 404
        assert client.get(live_page("12")).status_code == 404

    def test_register_that_is_away_is_said_calmly_and_a_check_stays_possible(
        self, client, register
    ):
        register.control({"mode": "unavailable"})

        answer = client.post(live_page())

        assert answer.status_code == 200
        assert "does not answer" in text_of(answer)
        assert "Nothing is known yet" in text_of(answer)
        assert soup(answer).select(f"a[href='{reverse('registry:request_check', args=[CODE])}']")

    def test_unknown_code_is_said_to_be_unknown(self, client, register):
        answer = client.post(live_page("19999999"), follow=True)

        assert "knows no organisation with code 19999999" in text_of(answer)

    def test_looking_at_a_kept_answer_is_logged_as_well(self, client, register):
        client.post(live_page())
        client.get(live_page())

        assert AccessEntry.objects.filter(what="registry.view_organisation").count() == 1

    def test_typing_is_not_logged_but_opening_a_card_is(self, client):
        OrganisationFactory(registry_code=CODE)
        client.post("/registry/", {"text": "näi"}, headers={"HX-Request": "true"})
        before = AccessEntry.objects.filter(what__startswith="registry").count()

        client.get(reverse("registry:organisation", args=[CODE]))

        assert before == 0
        assert AccessEntry.objects.filter(what="registry.view_organisation").count() == 1


@pytest.mark.usefixtures("register")
def test_live_register_is_for_those_who_may_see_organisations(client):
    client.force_login(UserFactory(role="solver"))

    assert client.post(live_page()).status_code == 403
    assert not RegisterAnswer.objects.exists()
