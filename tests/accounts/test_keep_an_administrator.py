import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleAssignment, User
from tests.factories.accounts import UnitFactory, UserFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "is the last administrator without an end date"


def saved(by, person, **changes):
    """What the page of reference data answers when `by` changes the account of `person`."""
    client = Client()
    client.force_login(by)
    client.cookies["django_language"] = "en"
    assignment = person.role_assignments.get()
    form = {
        "username": person.username,
        "is_active": "on",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "unit": person.unit_id or "",
        "role_assignments-TOTAL_FORMS": "1",
        "role_assignments-INITIAL_FORMS": "1",
        "role_assignments-0-id": assignment.pk,
        "role_assignments-0-user": person.pk,
        "role_assignments-0-role": assignment.role,
        "role_assignments-0-starts_on": "2020-01-01",
        "responsibilities-TOTAL_FORMS": "0",
        "responsibilities-INITIAL_FORMS": "0",
        **changes,
    }
    address = reverse("admin:accounts_user_change", args=[person.pk])
    return client.post(address, {name: value for name, value in form.items() if value is not None})


@pytest.fixture
def administrator():
    return UserFactory(role="administrator", unit=UnitFactory())


def today():
    return timezone.localdate().isoformat()


@pytest.mark.parametrize(
    "changes",
    [
        {"role_assignments-0-DELETE": "on"},
        {"role_assignments-0-role": "specialist"},
        {"role_assignments-0-ends_on": "2020-02-02"},
        {"role_assignments-0-ends_on": "2999-01-01"},
        {"role_assignments-0-starts_on": "2999-01-01"},
        {"is_active": None},
    ],
)
def test_last_administrator_stays_one(administrator, changes):
    answer = saved(administrator, administrator, **changes)

    assert [answer.status_code, REFUSED in answer.content.decode()] == [200, True]
    administrator.refresh_from_db()
    assert administrator.is_active
    assert RoleAssignment.objects.get().ends_on is None


def without_password(by, person):
    """What the page answers when `by` takes the password of `person` away."""
    client = Client()
    client.force_login(by)
    client.cookies["django_language"] = "en"
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    return client.post(address, {"usable_password": "false", "unset-password": "1"})


def test_last_administrator_keeps_a_password(administrator):
    answer = without_password(administrator, administrator)

    assert [answer.status_code, REFUSED in answer.content.decode()] == [200, True]
    administrator.refresh_from_db()
    assert administrator.has_usable_password()


def test_password_of_another_may_be_taken_away(administrator):
    other = UserFactory(role="administrator", unit=administrator.unit)

    assert without_password(administrator, other).status_code == 302

    other.refresh_from_db()
    assert not other.has_usable_password()


def test_one_without_a_password_does_not_count_as_another(administrator):
    other = UserFactory(role="administrator", unit=administrator.unit)
    without_password(administrator, other)

    answer = saved(administrator, administrator, is_active=None)

    assert REFUSED in answer.content.decode()


def test_an_administrator_may_go_when_another_stays(administrator):
    other = UserFactory(role="administrator", unit=administrator.unit)

    answer = saved(administrator, other, **{"role_assignments-0-DELETE": "on"})

    assert answer.status_code == 302
    assert RoleAssignment.objects.get().user == administrator


def test_one_whose_role_ends_some_day_does_not_count_as_another(administrator):
    other = UserFactory(unit=administrator.unit)
    RoleAssignment.objects.create(
        user=other,
        role="administrator",
        starts_on="2020-01-01",
        ends_on=timezone.localdate() + dt.timedelta(days=3),
    )

    answer = saved(other, administrator, is_active=None)

    assert REFUSED in answer.content.decode()


def test_accounts_of_others_are_changed_as_before(administrator):
    specialist = UserFactory(role="specialist", unit=administrator.unit)

    assert saved(administrator, specialist, is_active=None).status_code == 302


def test_two_administrators_who_end_each_other_at_once_leave_one(administrator):
    other = UserFactory(role="administrator", unit=administrator.unit)

    def ending(by, person):
        def end():
            one, two = User.objects.get(pk=by), User.objects.get(pk=person)
            return saved(one, two, **{"role_assignments-0-DELETE": "on"}).status_code

        return end

    answers = at_once(ending(administrator.pk, other.pk), ending(other.pk, administrator.pk))

    # The later one is refused with a sentence, or is no administrator any more and is sent away.
    assert answers.count(302) >= 1
    assert RoleAssignment.objects.filter(role="administrator").count() == 1
