import datetime as dt

import pytest
from django.utils import timezone

from accounts import actions, handover
from accounts.models import AccessEntry, Substitution
from tests.factories.accounts import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def arrange(substituted, roles, *, by=None, substitute=None, days=3):
    today = timezone.localdate()
    return actions.arrange_substitution(
        substitute=substitute or UserFactory(role="specialist"),
        substituted=substituted,
        roles=roles,
        starts_on=today,
        ends_on=today + dt.timedelta(days=days),
        by=by,
        at=timezone.now(),
    )


def test_substitution_keeps_what_was_open_and_is_logged(monkeypatch):
    monkeypatch.setattr(handover, "_KINDS", {})
    handover.register("inquiries.open", "Inquiries", lambda user_id: 7)
    head = UserFactory(role="head_of_customer_service")

    substitution = arrange(UserFactory(role="specialist"), ["specialist"], by=head)

    assert substitution.handed_over == {"inquiries.open": 7}
    assert handover.labelled(substitution.handed_over) == [("Inquiries", 7)]
    entry = AccessEntry.objects.get()
    assert (entry.what, entry.by_id) == ("substitution.arranged", head.pk)


def test_role_that_is_not_held_cannot_be_handed_over():
    with pytest.raises(actions.RoleNotHeld):
        arrange(UserFactory(role="specialist"), ["coordinator"])


def test_role_that_ends_within_the_days_cannot_be_handed_over():
    jaan = UserFactory(role="specialist")
    jaan.role_assignments.update(ends_on=timezone.localdate() + dt.timedelta(days=1))

    with pytest.raises(actions.RoleNotHeld):
        arrange(jaan, ["specialist"])


def test_same_two_people_in_the_same_days_is_refused():
    jaan, mari = UserFactory(role="specialist"), UserFactory(role="specialist")
    arrange(jaan, ["specialist"], substitute=mari)

    with pytest.raises(actions.SubstitutionNotPossible):
        arrange(jaan, ["specialist"], substitute=mari)

    assert Substitution.objects.count() == 1


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_head_cannot_hand_over_the_role_of_those_who_watch(role):
    with pytest.raises(actions.NotYoursToHandOver):
        arrange(UserFactory(role=role), [role], by=UserFactory(role="head_of_department"))


def test_nobody_takes_more_than_one_has_by_arranging_it():
    unit = UnitFactory()
    coordinator = UserFactory(role="coordinator", unit=unit)
    head = UserFactory(role="head_of_customer_service", unit=unit)

    with pytest.raises(actions.NotYoursToHandOver):
        arrange(head, ["head_of_customer_service"], by=coordinator, substitute=coordinator)


def test_coordinator_arranges_within_the_unit_only():
    coordinator = UserFactory(role="coordinator", unit=UnitFactory())
    near = UserFactory(role="specialist", unit=coordinator.unit)
    far = UserFactory(role="specialist", unit=UnitFactory())

    assert arrange(near, ["specialist"], by=coordinator).substituted == near
    with pytest.raises(actions.NotYoursToHandOver):
        arrange(far, ["specialist"], by=coordinator)


def test_two_people_without_a_unit_are_not_of_one_unit():
    with pytest.raises(actions.NotYoursToHandOver):
        arrange(UserFactory(role="specialist"), ["specialist"], by=UserFactory(role="coordinator"))


def test_substitution_ended_twice_ends_once():
    substitution = arrange(UserFactory(role="specialist"), ["specialist"])
    first = timezone.now()

    actions.end_substitution(substitution=substitution, by=None, at=first)
    again = actions.end_substitution(
        substitution=substitution, by=None, at=first + dt.timedelta(hours=1)
    )

    assert again.ended_at == first


def test_open_inquiries_and_cases_are_counted_for_whoever_steps_in():
    assert set(handover.open_work_of(UserFactory(role="specialist").pk)) >= {
        "inquiries.open",
        "documents.open",
    }
