import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from accounts.actions import arrange_substitution
from accounts.models import User
from accounts.roles import ROLES
from tests.factories.accounts import UserFactory
from tests.htmx import soup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_its_day_inside_the_shell(client, role):
    user = UserFactory(role=role)
    client.force_login(user)

    page = soup(client.get(reverse("workspace:my_day")))

    assert page.select_one(".rail a[aria-current=page]")["href"] == "/"
    assert str(user) in page.select_one(".me").text


def test_rail_links_only_pages_that_exist_and_that_the_role_may_see(client):
    client.force_login(UserFactory(role="registrar"))

    page = soup(client.get(reverse("workspace:my_day")))

    links = {link["href"] for link in page.select(".rail a.rail-link")}
    assert "/inquiries/" not in links
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("route", ["mailbox", "new_letter", "reading"])
def test_pages_of_letters_stand_under_letters_in_the_rail(client, route):
    client.force_login(UserFactory(role="coordinator"))

    page = soup(client.get(reverse(f"inquiries:{route}")))

    here = [link["href"] for link in page.select(".rail [aria-current=page]")]
    assert here == [reverse("inquiries:inbox")]


@pytest.mark.parametrize("language", ["et", "en", "ru"])
def test_language_is_chosen_on_any_page_and_stays(client, language):
    client.force_login(UserFactory(role="specialist"))

    client.post(reverse("workspace:set_language"), {"language": language, "next": "/"})

    assert soup(client.get("/")).html["lang"] == language
    assert User.objects.get().language == language


def test_chosen_theme_is_in_the_first_byte_of_the_next_page(client):
    client.force_login(UserFactory(role="specialist"))

    client.post(reverse("workspace:set_theme"), {"theme": "dark"})

    assert soup(client.get("/")).html["data-bs-theme"] == "dark"
    assert User.objects.get().theme == "dark"


def test_theme_that_does_not_exist_is_refused(client):
    answer = client.post(reverse("workspace:set_theme"), {"theme": "pink"})

    assert answer.status_code == 400


def test_switches_never_lead_to_another_site(client):
    answer = client.post(
        reverse("workspace:set_theme"), {"theme": "dark", "next": "https://elsewhere.example/"}
    )

    assert answer.status_code == 204


def test_page_that_does_not_exist_says_so_in_our_own_words(client):
    client.force_login(UserFactory(role="specialist"))

    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert soup(answer).select_one(".sorry")


def test_substitution_is_shown_beside_the_name(client):
    colleague = UserFactory(role="coordinator", first_name="Tiina", last_name="Saar")
    user = UserFactory(role="specialist")
    arrange_substitution(
        substitute=user,
        substituted=colleague,
        roles=["coordinator"],
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        by=None,
        at=timezone.now(),
    )
    client.force_login(user)

    page = soup(client.get(reverse("workspace:my_day")))

    assert "Tiina Saar" in page.select_one(".me").text
    assert "Tiina Saar" in page.select_one("main .note-sticky").text


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_pages_of_failure_are_drawn_without_request_or_database(
    template, django_db_blocker, django_db_setup
):
    with django_db_blocker.block():
        page = BeautifulSoup(get_template(template).render(), "html.parser")

    assert page.select_one(".sorry")


def test_request_under_a_strange_host_name_is_refused_with_our_own_page(client, settings):
    settings.ALLOWED_HOSTS = ["servicedesk.example"]

    refused = client.get("/", headers={"host": "elsewhere.example"})

    assert (refused.status_code, soup(refused).h1 is not None) == (400, True)


def test_error_of_ours_shows_our_own_page(client, monkeypatch):
    monkeypatch.setattr("workspace.views.my_day.cards_for", lambda user, at: 1 / 0)
    client.raise_request_exception = False
    client.force_login(UserFactory(role="specialist"))

    answer = client.get("/")

    assert answer.status_code == 500
    assert soup(answer).select_one(".sorry")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("et", "Seda aadressi ei saa lehena avada"),
        ("en", "This address cannot be opened like a page"),
        ("ru", "Этот адрес нельзя открыть как страницу"),
    ],
)
def test_address_that_only_a_button_uses_says_so_on_a_page(client, settings, language, words):
    client.force_login(UserFactory(role="coordinator"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    answer = client.get(reverse("inquiries:take_next"))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert soup(answer).select_one(".sorry h2").text == words


def test_program_that_wants_no_page_gets_none(client):
    client.force_login(UserFactory(role="coordinator"))

    answer = client.get(reverse("inquiries:take_next"), headers={"Accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")
