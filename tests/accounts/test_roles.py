import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import RoleAssignment, User
from accounts.roles import Scope
from accounts.roles import _tell_of_unknown as tell
from tests.factories.accounts import UnitFactory, UserFactory
from workspace.queries.my_day import cards_for

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


def fresh(user):
    return User.objects.get(pk=user.pk)


def substitute_of(user, roles, starts=0, ends=1, **kwargs):
    return actions.arrange_substitution(
        substitute=kwargs.pop("substitute", None) or UserFactory(),
        substituted=user,
        roles=roles,
        starts_on=today(starts),
        ends_on=today(ends),
        by=None,
        at=timezone.now(),
    )


def test_person_without_a_role_may_do_nothing():
    assert not UserFactory().has_perm("workspace.view_my_day")


def test_two_roles_give_the_wider_scope_of_the_two():
    user = UserFactory(roles=["counter", "specialist"])

    assert user.active_roles == ["counter", "specialist"]
    assert user.scope_of("inquiries.view_inquiry") == Scope.ALL


def test_role_counts_only_from_its_first_to_its_last_day():
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role="specialist", starts_on=today(1))
    RoleAssignment.objects.create(user=user, role="counter", starts_on=today(-9), ends_on=today(-1))
    RoleAssignment.objects.create(user=user, role="solver", starts_on=today(), ends_on=today())

    assert user.active_roles == ["solver"]


def test_closed_account_may_do_nothing():
    user = UserFactory(role="administrator", is_active=False)

    assert not user.has_perm("accounts.manage_staff")


def test_flag_of_superuser_opens_no_door():
    user = UserFactory(is_superuser=True, is_staff=True)

    assert not user.has_perm("accounts.manage_staff")
    assert not user.has_perm("accounts.view_user")
    assert not user.has_module_perms("accounts")


def test_roles_of_the_substituted_person_count_while_it_runs():
    jaan = UserFactory(role="specialist")
    substitution = substitute_of(jaan, ["specialist"])
    mari = fresh(substitution.substitute)

    assert mari.has_perm("inquiries.log_inquiry")
    assert mari.own_roles == []
    assert mari.acts_for_ids == [mari.pk, jaan.pk]


def test_only_the_roles_named_are_handed_over():
    jaan = UserFactory(roles=["specialist", "registrar", "coordinator"])
    substitution = substitute_of(jaan, ["registrar"])

    assert fresh(substitution.substitute).active_roles == ["registrar"]


@pytest.mark.parametrize(("starts", "ends"), [(1, 3), (-3, -1)])
def test_substitution_counts_neither_before_nor_after(starts, ends):
    substitution = substitute_of(UserFactory(role="specialist"), ["specialist"], starts, ends)

    assert fresh(substitution.substitute).active_roles == []


def test_ended_substitution_stops_at_once():
    substitution = substitute_of(UserFactory(role="specialist"), ["specialist"])

    actions.end_substitution(substitution=substitution, by=None, at=timezone.now())

    assert fresh(substitution.substitute).active_roles == []


def test_role_that_the_substituted_person_has_lost_is_lost_to_the_substitute():
    jaan = UserFactory(role="specialist")
    substitution = substitute_of(jaan, ["specialist"])

    jaan.role_assignments.update(ends_on=today(-1))

    assert fresh(substitution.substitute).active_roles == []


def test_what_was_handed_over_is_not_handed_on():
    jaan = UserFactory(role="specialist")
    mari = substitute_of(jaan, ["specialist"]).substitute
    RoleAssignment.objects.create(user=mari, role="counter", starts_on=today(-1))
    tiit = substitute_of(mari, ["counter"]).substitute

    assert fresh(tiit).active_roles == ["counter"]
    assert jaan.pk not in fresh(tiit).acts_for_ids


def test_roles_cost_one_query(django_assert_num_queries):
    mari = UserFactory(role="counter")
    for _ in range(3):
        substitute_of(UserFactory(role="specialist"), ["specialist"], substitute=mari)
    mari = fresh(mari)

    with django_assert_num_queries(1):
        assert mari.has_perm("inquiries.view_inquiry")
        assert len(mari.acts_for_ids) == 4
        assert mari.role_label


def test_scope_of_a_unit_and_its_parts():
    department = UnitFactory()
    bureau = UnitFactory(parent=department)
    UnitFactory()

    assert {unit.pk for unit in department.descendants()} == {department.pk, bureau.pk}


def test_role_that_the_code_does_not_know_counts_for_nothing_and_is_said_once(caplog):
    tell.cache_clear()
    user = UserFactory(roles=["archivist", "specialist"])

    with caplog.at_level("WARNING", "servicedesk.accounts"):
        assert (user.active_roles, str(user.role_label)) == (["specialist"], "Spetsialist")
        assert fresh(user).has_perm("inquiries.log_inquiry")

    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == ["archivist"]


def test_account_with_an_unknown_role_alone_opens_pages_like_one_without_a_role(client):
    user = UserFactory(role="archivist")
    client.force_login(user)

    assert client.get("/").status_code == 403
    assert user.scopes == {}


def test_administrator_sees_who_holds_an_unknown_role(client):
    holder = UserFactory(roles=["archivist", "specialist"])
    administrator = UserFactory(role="administrator")
    client.force_login(administrator)

    page = client.get(reverse("accounts:staff")).content.decode()
    cards = {card.key: card for card in cards_for(administrator, timezone.now())}

    assert "archivist" in page
    assert [line.title for line in cards["unknown-roles"].lines] == [str(holder)]
    holder.role_assignments.filter(role="archivist").delete()
    assert "unknown-roles" not in [card.key for card in cards_for(administrator, timezone.now())]
