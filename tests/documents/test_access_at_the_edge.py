"""Access that ends twice, backwards or too late, and whose ground has gone meanwhile."""

import pytest
from django.utils import timezone

from clients.actions import merge_clients
from common.models import OutgoingMail
from documents import actions
from documents.models import Access
from tests.documents import signing
from tests.documents.holding import DAY, MINUTE, holding, in_force, next_case, signed_case
from tests.documents.situations import PERSON, later
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import MARI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world():
    return holding()


def test_access_that_another_case_closed_meanwhile_stays_as_it_was_closed(world):
    main_user, today = Access.objects.get(kind="main_user"), timezone.localdate(world.at)
    signed_case(world, "TAGASIVOTMINE_PEA", MARI[1], ended_access=main_user)
    colleague, first = world.delegation.holder, world.papers[0]
    Access.objects.filter(pk=main_user.pk).update(
        ends_on=today, ended_by=first, closed_at=world.at, closed_by=colleague
    )

    later(world, minutes=5).enter(told_how="phone")

    main_user.refresh_from_db()
    assert (main_user.ends_on, main_user.ended_by) == (today, first)
    assert (main_user.closed_at, main_user.closed_by) == (world.at - 5 * MINUTE, colleague)


def test_day_that_passed_before_the_paper_came_takes_nothing_back(world):
    main_user, today = Access.objects.get(kind="main_user"), timezone.localdate(world.at)
    Access.objects.update(valid_from=today - 30 * DAY)
    signed_case(
        world,
        "TAGASIVOTMINE_PEA",
        MARI[1],
        ended_access=main_user,
        effect="on_date",
        last_day=today - 10 * DAY,
    ).enter()

    assert ("main_user", "Kati Kask") in in_force(today - DAY)
    assert ("main_user", "Kati Kask") not in in_force(today)


def test_main_user_whose_authorisation_ended_meanwhile_has_authorised_nobody(world):
    main_user, today = Access.objects.get(kind="main_user"), timezone.localdate(world.at)
    terms = PERSON | {"signer_set": 1, "main_user": main_user, "valid_from": today}
    next_case(world, "VOLIKIRI_TAVA", **terms).draft().seal()
    world.bring(world.envelopes[0], PERSON["personal_code"])
    Access.objects.filter(pk=main_user.pk).update(ends_on=today)

    with pytest.raises(actions.ReturnNotConfirmable) as refused:
        world.confirm()

    assert "Peakasutaja volitus täna ei kehti" in str(refused.value)
    Access.objects.filter(pk=main_user.pk).update(ends_on=None)
    world.confirm()


def test_main_user_who_withdrew_an_authorisation_had_to_be_one_on_that_day(world):
    main_user, user = Access.objects.get(kind="main_user"), Access.objects.get(kind="user")
    Access.objects.update(valid_from=timezone.localdate(world.at) - 30 * DAY)
    terms = {"signer_set": 1, "main_user": main_user, "ended_access": user}
    next_case(world, "TAGASIVOTMINE_TAVA", **terms).draft().seal()
    world.bring(world.envelopes[0], PERSON["personal_code"])
    Access.objects.filter(pk=main_user.pk).update(ends_on=timezone.localdate(world.at) + DAY)

    later(world, days=2).confirm().enter()

    user.refresh_from_db()
    assert user.closed_at == world.at


def test_cards_merged_meanwhile_take_cases_and_accesses_along(world):
    case_client = world.case.client
    kept = ClientFactory(organisation=True, name="Näidis OÜ", registry_code="19999905")
    main_user = Access.objects.get(kind="main_user")
    signed_case(world, "TAGASIVOTMINE_PEA", MARI[1], ended_access=main_user)
    clerk = UserFactory(role="coordinator")

    merge_clients(kept=kept, merged=case_client, by=clerk, at=world.at)
    world.enter()

    assert Access.objects.get(kind="agreement").client == kept
    notice = OutgoingMail.objects.filter(about_id=str(world.papers[-1].pk))
    assert "info@naidis.example.ee" in set(notice.values_list("to", flat=True))


@pytest.mark.parametrize(("begins", "said"), [(0, "kasutada kohe"), (5, "kasutada alates")])
def test_notice_says_from_which_day_the_portal_can_be_used(world, begins, said):
    day = timezone.localdate(world.at) + begins * DAY
    terms = PERSON | {"person_name": "Mari Uus", "valid_from": day}
    signed_case(world, "VOLIKIRI_PEA", MARI[1], **terms).enter()

    letter = OutgoingMail.objects.filter(about_id=str(world.papers[-1].pk)).first()
    assert said in letter.text
    assert (f"{day:%d.%m.%Y}" in letter.text) or not begins


def test_authorisation_whose_last_day_has_passed_is_not_accepted(world):
    today = timezone.localdate(world.at)
    terms = PERSON | {"valid_from": today, "valid_until": today}
    next_case(world, "VOLIKIRI_PEA", **terms).draft().seal()
    world.bring(world.envelopes[0], MARI[1])

    with pytest.raises(actions.ReturnNotConfirmable) as refused:
        later(world, days=1).register_agrees().confirm()

    assert "viimane päev" in str(refused.value)
