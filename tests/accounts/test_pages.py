import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import demo
from accounts.models import CompetenceHolding, Substitution, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PAGES = [
    ("kadri.lepp", "accounts:settings"),
    ("kadri.lepp", "accounts:directory"),
    ("kadri.lepp", "accounts:competences"),
    ("kadri.lepp", "accounts:give_competence"),
    ("kadri.lepp", "accounts:substitutions"),
    ("kadri.lepp", "accounts:arrange_substitution"),
    ("rain.sild", "accounts:staff"),
    ("rain.sild", "accounts:tokens"),
    ("ene.roos", "accounts:access_log"),
    ("kadri.lepp", "mfa_index"),
    ("kadri.lepp", "account_change_password"),
    ("kadri.lepp", "account_logout"),
]


@pytest.fixture
def people():
    return {user.username: user for user in demo.create_staff(at=timezone.now())}


@pytest.mark.parametrize(("username", "page"), PAGES)
def test_page_opens_for_whom_it_is_meant(client, people, username, page):
    client.force_login(people[username])

    response = client.get(reverse(page))

    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    "page",
    ["accounts:staff", "accounts:tokens", "accounts:access_log", "accounts:give_competence"],
)
def test_page_is_closed_to_a_specialist(client, page):
    client.force_login(UserFactory(role="specialist"))

    assert client.get(reverse(page)).status_code == 403


def test_demo_has_fourteen_people_in_all_ten_roles_and_one_substitution(people):
    assert len(people) == 14
    assert len({role for user in people.values() for role in user.own_roles}) == 10
    assert Substitution.objects.running_on(timezone.localdate()).count() == 1


def test_demo_made_twice_is_the_same(people):
    before = (User.objects.count(), CompetenceHolding.objects.count(), Substitution.objects.count())

    demo.create_staff(at=timezone.now())

    assert before == (
        User.objects.count(),
        CompetenceHolding.objects.count(),
        Substitution.objects.count(),
    )


def test_every_page_says_whom_one_substitutes(client, people):
    client.force_login(people["mari.kask"])

    assert "Jaan Tamm" in client.get(reverse("accounts:directory")).content.decode()
    assert people["mari.kask"].substituting == ["Jaan Tamm"]


def test_substitution_is_arranged_and_ended_on_its_pages(client, people):
    client.force_login(people["liis.mets"])
    today = timezone.localdate().isoformat()

    client.post(
        reverse("accounts:arrange_substitution"),
        {
            "substituted": people["olga.ivanova"].pk,
            "substitute": people["tiit.saar"].pk,
            "roles": ["specialist"],
            "starts_on": today,
            "ends_on": today,
        },
    )
    one = Substitution.objects.get(substitute=people["tiit.saar"])
    assert client.get(reverse("accounts:substitution", args=[one.pk])).status_code == 200
    client.post(reverse("accounts:end_substitution", args=[one.pk]))

    one.refresh_from_db()
    assert one.ended_by == people["liis.mets"]


def test_refused_substitution_keeps_what_was_chosen_and_says_why(client, people):
    client.force_login(people["kadri.lepp"])
    today = timezone.localdate().isoformat()

    response = client.post(
        reverse("accounts:arrange_substitution"),
        {
            "substituted": people["liis.mets"].pk,
            "substitute": people["kadri.lepp"].pk,
            "roles": ["head_of_customer_service"],
            "starts_on": today,
            "ends_on": today,
        },
    )

    assert response.status_code == 422
    assert 'id="error-summary"' in response.content.decode()
    assert f'value="{today}"' in response.content.decode()


def test_competence_is_given_and_ended_on_its_pages(client, people):
    client.force_login(people["kadri.lepp"])
    today = timezone.localdate().isoformat()
    competence = CompetenceHolding.objects.filter(competence__code="override_check").first()

    client.post(
        reverse("accounts:give_competence"),
        {
            "competence": competence.competence_id,
            "user": people["tiit.saar"].pk,
            "starts_on": today,
            "basis": "käskkiri 1-2/34",
        },
    )
    held = CompetenceHolding.objects.get(
        user=people["tiit.saar"], competence__code="override_check"
    )
    client.post(
        reverse("accounts:end_competence", args=[held.pk]), {"last_day": today, "reason": "viga"}
    )

    held.refresh_from_db()
    assert held.ends_on == timezone.localdate()
    assert [version.history_type for version in held.history.order_by("history_id")] == ["+", "~"]


def test_competence_without_a_basis_is_refused(client, people):
    client.force_login(people["kadri.lepp"])

    response = client.post(reverse("accounts:give_competence"), {"basis": " "})

    assert response.status_code == 422


def test_coordinator_cannot_end_a_competence_in_another_unit(client, people):
    client.force_login(people["kadri.lepp"])
    held = CompetenceHolding.objects.get(user=people["piret.oja"])

    response = client.post(
        reverse("accounts:end_competence", args=[held.pk]),
        {"last_day": timezone.localdate().isoformat(), "reason": "x"},
    )

    assert response.status_code == 403


def test_own_settings_change_language_and_colours_at_once(client, people):
    client.force_login(people["mari.kask"])

    response = client.post(
        reverse("accounts:settings"), {"language": "ru", "theme": "dark", "phone": "662 5999"}
    )

    user = User.objects.get(username="mari.kask")
    assert (user.language, user.theme, user.phone) == ("ru", "dark", "662 5999")
    assert response.cookies["django_language"].value == "ru"
    page = client.get(reverse("accounts:settings")).content.decode()
    assert 'lang="ru" data-bs-theme="dark"' in page


def test_away_switch_shows_in_the_directory(client, people):
    client.force_login(people["mari.kask"])
    client.get(reverse("accounts:directory"))

    client.post(reverse("accounts:set_away"), {"away": "yes"})

    assert User.objects.get(username="mari.kask").is_away
