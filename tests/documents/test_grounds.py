"""What an access stands on: an agreement, the main user's own services, lists that are up to date."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from common.models import OutgoingMail
from documents import actions
from documents.comparison import compare
from documents.models import Access, CaseEvent, EnvelopeSigner, Paper, TrustedList
from documents.queries import what_is_missing
from documents.signers import code_hash
from documents.states import PaperState, ReturnState
from tests.documents import signing
from tests.documents.holding import holding, next_case, signed_case
from tests.documents.situations import PERSON, World, later
from tests.documents.test_comparison import OURS, found
from tests.documents.test_undelivered import lost
from tests.factories.documents import MARI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def authorised():
    """A main user's authorisation that a person has confirmed, of an organisation without an agreement."""
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    world.bring(world.envelopes[0], MARI[1])
    return world.register_agrees().confirm()


def test_nobody_acts_for_an_organisation_without_a_known_agreement(authorised):
    with pytest.raises(actions.AgreementUnknown):
        authorised.enter(told_how="phone")

    assert authorised.papers[0].state == PaperState.CHECKED
    assert not Access.objects.exists()


def test_agreement_from_before_was_seen_in_the_portal_and_the_story_says_so(client, authorised):
    client.force_login(authorised.by)
    paper = authorised.papers[0]
    form = {
        f"enter-{paper.pk}-version": authorised.version,
        f"enter-{paper.pk}-portal_record": "P-1",
        f"enter-{paper.pk}-told_how": "phone",
    }
    url = reverse("documents:enter_paper", args=[paper.pk])

    refused = client.post(url, form)
    client.post(url, {**form, f"enter-{paper.pk}-agreement_seen": "on"})

    assert refused.status_code == 422
    assert f'name="enter-{paper.pk}-agreement_seen"' in refused.content.decode()
    assert 'value="P-1"' in refused.content.decode()
    assert Access.objects.get().kind == "main_user"
    assert CaseEvent.objects.filter(case=paper.case, what="agreement_seen").count() == 1


def test_page_asks_for_no_agreement_that_is_known(client):
    world = holding()
    signed_case(world, "VOLIKIRI_PEA", MARI[1], **PERSON, valid_from=world.at.date())
    client.force_login(world.by)

    page = client.get(reverse("documents:case", args=[world.case.pk])).content.decode()

    assert "portal_record" in page
    assert "agreement_seen" not in page


def test_main_user_gives_on_no_service_that_is_not_his_own():
    world = holding()
    main_user = Access.objects.get(kind="main_user")
    terms = {"valid_from": world.at.date(), "signer_set": 1, "main_user": main_user}
    wide = next_case(
        world,
        "VOLIKIRI_TAVA",
        **{**PERSON, "services": {"charges": ["view"], "wells": ["view"]}},
        **terms,
    ).papers[-1]
    narrow = replace_services(wide, {"charges": ["view"]})

    assert "beyond_main_user" in codes(wide, world.at)
    assert "beyond_main_user" not in codes(narrow, world.at)


def replace_services(paper, services):
    narrow = Paper.objects.get(pk=paper.pk)
    narrow.content.services = services
    return narrow


def codes(paper, at):
    return {one.code for one in what_is_missing(paper, at)}


def test_file_that_an_old_list_refused_is_judged_anew_when_it_comes_again():
    world = World().draft().seal().send()
    envelope = world.envelopes[0]
    content = signing.signed_by(envelope, MARI[1], at=world.at)
    TrustedList.objects.update(sequence=6)
    first = brought(envelope, content, world)
    first.state, first.faults = ReturnState.FAULTY, [["not_valid", "not_trusted"]]
    first.save()
    EnvelopeSigner.objects.update(signed_in=None, signed_at=None)

    same_list = brought(envelope, content, world)
    TrustedList.objects.update(sequence=7)
    newer_list = brought(envelope, content, world)

    assert (same_list.pk, same_list.state) == (first.pk, ReturnState.FAULTY)
    assert (newer_list.pk, newer_list.state) == (first.pk, ReturnState.GOOD)
    assert newer_list.judged_by_list == "EE 7"


def brought(envelope, content, world):
    returned = actions.receive_return(
        envelope=envelope, upload=signing.upload(content), came_by="page", at=world.at
    )
    return signing.judged(returned, world.at)


def test_one_signature_of_somebody_who_signs_for_both_fills_both_places():
    hashed = code_hash(MARI[1], "EST")
    one = found(MARI[1], hashed=hashed).signed[0][1]
    places = [
        EnvelopeSigner(name="Mari Maasikas", role=role, code_hash=hashed)
        for role in ("agency", "representative")
    ]
    report = replace(found_report(one), signatures=(one,))

    assert [
        place.role for place, _signature in compare(report, files=OURS, signers=places).signed
    ] == [
        "agency",
        "representative",
    ]


def found_report(signature):
    from documents.signatures import DataFile, Report, Verdict  # noqa: PLC0415

    files = tuple(DataFile(name, "application/pdf", 1, sha) for name, sha in OURS.items())
    return Report(Verdict.VALID, (), (), files, (signature,))


def test_notice_of_the_agency_is_received_when_it_leaves_not_when_we_signed():
    world = holding()
    agreement = Access.objects.get(kind="agreement")
    next_case(
        world,
        "LEPINGU_LOPETAMINE_AMET",
        ended_access=agreement,
        effect="on_receipt",
        provision="määruse § 4 lg 2",
        breach="Andmeid ei uuendatud.",
    )
    Paper.objects.filter(case=world.case).update(representation_check=None)
    world.draft().seal()
    world.agency_signs(world.envelopes[0])
    world.confirm()

    later(world, days=5).enter()

    agreement.refresh_from_db()
    assert agreement.ends_on == timezone.localdate(world.at)


def test_letter_on_closed_rights_that_came_back_is_seen_on_its_case():
    world = holding()
    agreement = Access.objects.get(kind="agreement")
    agreement.ends_on = timezone.localdate(world.at)
    agreement.save()
    actions.close_access(access=agreement, by=world.by, at=world.at)
    mail = OutgoingMail.objects.get(key__startswith="documents.rights_closed:")

    lost(mail)

    actions.tell_undelivered(at=world.at + dt.timedelta(minutes=5))
    assert CaseEvent.objects.filter(case=agreement.granted_by.case, what="letter_lost").exists()
