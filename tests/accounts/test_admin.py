import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import RoleAssignment, User
from tests.factories.accounts import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "user",
    [{"role": "specialist"}, {"role": "auditor"}, {"is_superuser": True, "is_staff": True}],
)
def test_only_the_role_of_administrator_opens_reference_data(client, user):
    client.force_login(UserFactory(**user))

    assert client.get("/admin/").status_code == 302
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_there_is_no_second_door_to_sign_in(client):
    response = client.post("/admin/login/", {"username": "x", "password": "y"})

    assert response.url.startswith(reverse("account_login"))


def test_administrator_gives_a_role_and_it_counts(client):
    client.force_login(UserFactory(role="administrator"))
    person, unit = UserFactory(), UnitFactory()

    response = client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {
            "username": person.username,
            "is_active": "on",
            "first_name": "Ann",
            "last_name": "Uus",
            "unit": unit.pk,
            "role_assignments-TOTAL_FORMS": "1",
            "role_assignments-INITIAL_FORMS": "0",
            "role_assignments-0-user": person.pk,
            "role_assignments-0-role": "specialist",
            "role_assignments-0-starts_on": "2020-01-01",
            "responsibilities-TOTAL_FORMS": "0",
            "responsibilities-INITIAL_FORMS": "0",
        },
    )

    assert response.status_code == 302
    assert User.objects.get(pk=person.pk).own_roles == ["specialist"]
    assert RoleAssignment.history.get(user=person).history_type == "+"


def test_every_page_of_the_reference_data_opens(client):
    administrator = UserFactory(role="administrator", unit=UnitFactory())
    client.force_login(administrator)

    assert client.get("/admin/").status_code == 200
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, model
        if model_admin.has_add_permission(request=_Request(administrator)):
            assert client.get(reverse(f"{name}_add")).status_code == 200, model


def test_account_cannot_be_removed(client):
    client.force_login(UserFactory(role="administrator"))

    response = client.post(
        reverse("admin:accounts_user_delete", args=[UserFactory().pk]), {"post": "yes"}
    )

    assert response.status_code == 403


class _Request:
    def __init__(self, user):
        self.user = user
