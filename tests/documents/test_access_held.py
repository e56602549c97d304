"""Access begins and ends by papers: on receipt, on a day, after thirty days."""

import datetime as dt

import pytest
from django.utils import timezone

from clients.actions import merge_clients
from clients.models import ContactPoint
from common.models import OutgoingMail
from documents import actions
from documents.models import Access, Paper
from documents.queries import access_held, depends_on, expiring, rights_to_close
from documents.states import PaperState
from tests.documents import signing
from tests.documents.situations import PERSON, World, later
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.documents import MARI, TIINA

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world():
    """An organisation that holds an agreement, a main user and a user whom the main user authorised."""
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()
    ContactPoint.objects.filter(client=world.case.client).update(
        confirmed_at=world.at, confirmed_how="callback"
    )
    agreement, authorisation = world.envelopes
    world.agency_signs(agreement)
    for envelope in (agreement, authorisation):
        world.bring(envelope, MARI[1])
    world.register_agrees().confirm().enter()
    main_user = Access.objects.get(kind="main_user")
    dependant = Access.objects.create(
        organisation_code="19999905",
        organisation_name="Näidis OÜ",
        kind="user",
        person_name="Mart Mets",
        granted_by=Paper.objects.create(case=world.case, kind="VOLIKIRI_TAVA", created_at=world.at),
        main_user=main_user,
        valid_from=world.at.date(),
    )
    Paper.objects.filter(granted_access=dependant).update(
        state=PaperState.CANCELLED, cancelled_at=world.at
    )
    return world


def next_case(world, kind, **terms):
    """A second case of the same organisation, with one paper that ends something."""
    world.case = actions.start_case(
        key="11111111-1111-1111-1111-111111111111",
        portal="e_services",
        organisation_code="19999905",
        by=world.by,
        at=world.at,
    )
    world.case.client = Access.objects.first().client
    world.case.save(update_fields=["client"])
    world.add(kind, **terms)
    return world


def carried_out(world, *codes):
    world.draft().seal()
    for envelope in world.envelopes:
        for code in codes:
            if code == TIINA:
                world.agency_signs(envelope)
            else:
                world.bring(envelope, code)
    return world.register_agrees().confirm().enter()


def in_force(day):
    return [(one.kind, one.person_name) for one in access_held("19999905", day)]


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


def signed_case(world, kind, *codes, **terms):
    """The next case, signed and confirmed, and nobody has entered its paper yet."""
    next_case(world, kind, **terms).draft().seal()
    for code in codes:
        world.bring(world.envelopes[0], code)
    return world.register_agrees().confirm()


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
