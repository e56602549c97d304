"""Access begins and ends by papers: on receipt, on a day, after thirty days."""

import pytest
from django.utils import timezone

from clients.models import ContactPoint
from common.models import OutgoingMail
from documents import actions
from documents.models import Access, Paper
from documents.queries import depends_on, expiring, rights_to_close
from documents.states import PaperState
from tests.documents import signing
from tests.documents.holding import DAY, carried_out, holding, in_force, next_case
from tests.factories.documents import MARI, TIINA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world():
    return holding()


def test_what_is_held_begins_with_the_entry_and_is_known_for_any_day(world):
    today = timezone.localdate(world.at)

    assert in_force(today) == [
        ("agreement", ""),
        ("main_user", "Kati Kask"),
        ("user", "Mart Mets"),
    ]
    assert in_force(today - DAY) == []


def test_withdrawn_main_user_ends_with_those_who_depend_on_her(world):
    main_user = Access.objects.get(kind="main_user")
    assert [one.person_name for one in depends_on(main_user)] == ["Mart Mets"]

    next_case(world, "TAGASIVOTMINE_PEA", ended_access=main_user, closes_dependants=True)
    carried_out(world, MARI[1])

    assert in_force(timezone.localdate(world.at)) == [("agreement", "")]
    assert world.case.state == "entered"
    letter = OutgoingMail.objects.filter(key__startswith="documents.notice:").last()
    assert "Mart Mets" in letter.text


def test_dependants_stay_when_the_paper_says_so(world):
    main_user = Access.objects.get(kind="main_user")

    next_case(world, "TAGASIVOTMINE_PEA", ended_access=main_user)
    carried_out(world, MARI[1])

    assert in_force(timezone.localdate(world.at)) == [("agreement", ""), ("user", "Mart Mets")]


def test_written_notice_ends_the_agreement_thirty_days_after_receipt(world):
    agreement = Access.objects.get(kind="agreement")
    next_case(world, "LEPINGU_LOPETAMINE_TEADE", ended_access=agreement, effect="thirty_days")
    carried_out(world, MARI[1])
    today = timezone.localdate(world.at)

    assert len(in_force(today + 29 * DAY)) == 3
    assert in_force(today + 30 * DAY) == []
    assert not rights_to_close(today).exists()
    assert expiring(today).count() == 3
    to_close = list(rights_to_close(today + 30 * DAY))
    assert [one.kind for one in to_close] == ["agreement", "main_user", "user"]


def test_rights_are_closed_once_and_not_before_their_day(world):
    agreement = Access.objects.get(kind="agreement")
    with pytest.raises(actions.AccessNotEnded):
        actions.close_access(access=agreement, by=world.by, at=world.at)
    agreement.ends_on = timezone.localdate(world.at)
    agreement.save()

    for _press in range(2):
        actions.close_access(access=agreement, by=world.by, at=world.at)

    assert Access.objects.get(pk=agreement.pk).closed_at == world.at
    assert OutgoingMail.objects.filter(key__startswith="documents.rights_closed:").count() == 1


def test_notice_through_the_portal_ends_at_once(world):
    agreement = Access.objects.get(kind="agreement")
    next_case(world, "LEPINGU_LOPETAMINE_TEADE", ended_access=agreement, effect="at_once")
    carried_out(world, MARI[1])

    assert in_force(timezone.localdate(world.at)) == []
    assert not Access.objects.filter(closed_at=None).exists()


def test_who_loses_rights_with_the_agreement_hears_of_it(world):
    agreement = Access.objects.get(kind="agreement")
    next_case(world, "LEPINGU_LOPETAMINE_TEADE", ended_access=agreement, effect="at_once")
    carried_out(world, MARI[1])

    letters = OutgoingMail.objects.filter(key__startswith="documents.rights_closed:")
    assert [letter.to for letter in letters] == ["kati@naidis.example.ee"]


def test_user_who_renounces_signs_alone_needs_no_check_and_the_principal_is_told(world):
    user = Access.objects.get(kind="main_user")
    next_case(world, "ARAUTLEMINE_KASUTAJA", ended_access=user)
    Paper.objects.filter(case=world.case).update(representation_check=None)

    carried_out(world, "47001011027")

    assert ("main_user", "Kati Kask") not in in_force(timezone.localdate(world.at))
    to = OutgoingMail.objects.filter(
        key__startswith="documents.notice:", about_id=str(world.papers[-1].pk)
    )
    assert {mail.to for mail in to} == {"info@naidis.example.ee", "kati@naidis.example.ee"}


def test_agency_ends_the_agreement_of_a_deleted_client_alone(world):
    agreement = Access.objects.get(kind="agreement")
    next_case(
        world,
        "LEPINGU_LOPETAMINE_AMET",
        ended_access=agreement,
        effect="on_receipt",
        provision="klient on registrist kustutatud",
        breach="Äriühing kustutati registrist.",
    )
    Paper.objects.filter(case=world.case).update(representation_check=None)

    carried_out(world, TIINA)

    assert in_force(timezone.localdate(world.at)) == []


def test_access_of_another_organisation_cannot_be_ended(world):
    agreement = Access.objects.get(kind="agreement")
    agreement.organisation_code = "19999928"
    agreement.save()

    with pytest.raises(actions.AccessOfAnother):
        next_case(world, "LEPINGU_LOPETAMINE_TEADE", ended_access=agreement)


def test_nothing_is_done_without_a_way_to_tell_the_client(world):
    ContactPoint.objects.update(confirmed_at=None, confirmed_how="", confirmed_by=None)
    agreement = Access.objects.get(kind="agreement")
    next_case(world, "LEPINGU_LOPETAMINE_TEADE", ended_access=agreement)

    with pytest.raises(actions.NobodyToTell):
        carried_out(world, MARI[1])

    paper = world.papers[-1]
    assert (paper.state, paper.entered_at) == (PaperState.CHECKED, None)
    world.enter(told_how="phone")
    assert world.case.state == "done"


@pytest.mark.parametrize("doubt", ["liquidation", "signer_gone", "bankrupt"])
def test_doubt_alone_closes_nothing_but_what_a_deleted_organisation_held(world, doubt):
    agreement = Access.objects.get(kind="agreement")
    agreement.doubt = doubt
    agreement.save()
    with pytest.raises(actions.AccessNotEnded):
        actions.close_access(access=agreement, by=world.by, at=world.at)

    agreement.doubt = "deleted"
    agreement.save()

    assert actions.close_access(access=agreement, by=world.by, at=world.at).closed_at
