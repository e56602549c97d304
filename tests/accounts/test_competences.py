import datetime as dt

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import Competence, CompetenceHolding, Unit
from accounts.queries import deciding_as, may_decide, who_may_decide
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _competences():
    actions.load_reference_data()


def give(user, code, starts_on=MONDAY, ends_on=None):
    return actions.give_competence(
        competence=Competence.objects.get(code=code),
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
        basis="käskkiri 1-2/3",
        by=None,
        at=NOON,
    )


def test_competence_counts_from_its_first_to_its_last_day():
    user = UserFactory()
    give(user, "override_check", MONDAY, MONDAY + dt.timedelta(days=1))

    assert [
        may_decide(user, "override_check", MONDAY + dt.timedelta(days=day)) for day in range(-1, 3)
    ] == [False, True, True, False]
    assert not may_decide(user, "sign_for_agency", MONDAY)
    assert list(who_may_decide("override_check", MONDAY)) == [user]


def test_same_competence_twice_in_the_same_days_is_refused():
    user = UserFactory()
    give(user, "override_check")

    with pytest.raises(actions.CompetenceAlreadyHeld):
        give(user, "override_check", MONDAY + dt.timedelta(days=30))


def test_substitute_decides_as_the_colleague_but_does_not_sign_in_the_colleagues_name():
    head, mari = UserFactory(role="head_of_department"), UserFactory(role="specialist")
    today = timezone.localdate()
    for code in ("extend_deadline", "sign_for_agency"):
        give(head, code, today)
    actions.arrange_substitution(
        substitute=mari,
        substituted=head,
        roles=["head_of_department"],
        starts_on=today,
        ends_on=today,
        by=None,
        at=timezone.now(),
    )

    assert deciding_as(mari, "extend_deadline", today).user == head
    assert not may_decide(mari, "sign_for_agency", today)


def test_competence_that_had_not_begun_is_taken_away_and_its_history_stays():
    user = UserFactory()
    holding = give(user, "override_check", MONDAY + dt.timedelta(days=9))

    left = actions.end_competence(holding=holding, last_day=MONDAY, reason="viga", by=None, at=NOON)

    assert left is None
    assert not CompetenceHolding.objects.exists()
    assert [version.history_type for version in CompetenceHolding.history.order_by("pk")] == [
        "+",
        "-",
    ]


def test_ending_later_than_it_would_have_ended_changes_nothing():
    holding = give(UserFactory(), "override_check", MONDAY, MONDAY)

    left = actions.end_competence(
        holding=holding, last_day=MONDAY + dt.timedelta(days=5), reason="x", by=None, at=NOON
    )

    assert left.ends_on == MONDAY


def test_reference_data_loaded_twice_is_the_same():
    before = (Unit.objects.count(), Competence.objects.count())

    actions.load_reference_data()

    assert before == (Unit.objects.count(), Competence.objects.count())


def test_the_six_area_bureaus_of_supervision_cover_all_fifteen_counties_once():
    bureaus = Unit.objects.filter(parent__name_et="Järelevalveosakond (piirkondlik büroo)")

    counties = [county for bureau in bureaus for county in bureau.counties]
    assert (len(bureaus), len(counties), len(set(counties))) == (6, 15, 15)
