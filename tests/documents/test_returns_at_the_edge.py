"""Files that come back late, twice, refused, or for papers that stand elsewhere by now."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import ContactPoint
from common.models import OutgoingMail
from documents import actions
from documents.models import Paper
from documents.queries import container_to_sign
from documents.states import PaperState
from registry.models import RepresentationCheck
from tests.documents import signing
from tests.documents.situations import World, later
from tests.factories.documents import JURI, MARI, TIINA, AgencyDelegationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def joint():
    world = World(("VOLIKIRI_PEA",), is_joint=True).draft().seal().send()
    confirm_address(world)
    return world


def confirm_address(world):
    points = ContactPoint.objects.filter(client=world.case.client)
    points.update(confirmed_at=world.at, confirmed_how="callback")


def state(world):
    return world.papers[0].state


def received(world, code):
    """One more file signed by this person alone, which nobody has judged yet."""
    envelope = world.envelopes[0]
    content = signing.signed(signing.read(envelope.container), code, at=world.at)
    return actions.receive_return(
        envelope=envelope, upload=signing.upload(content), came_by="page", at=world.at
    )


def refuse(world, returned):
    return actions.refuse_return(
        returned=returned, version=world.version, reason="Vale päev", by=world.by, at=world.at
    )


def test_container_with_a_signature_that_was_refused_is_not_offered_on(joint):
    envelope = joint.envelopes[0]
    first = joint.bring(envelope, MARI[1])
    both = joint.bring(envelope, JURI[1])
    assert container_to_sign(envelope).pk == both.stored_file_id

    refuse(joint, first)

    assert container_to_sign(envelope).pk == envelope.container_id
    later(joint, minutes=1).bring(envelope, MARI[1])
    assert state(joint) == PaperState.RETURNED


@pytest.mark.parametrize(
    ("beside", "stands"), [(JURI[1], PaperState.PARTLY_SIGNED), (TIINA, PaperState.FAULTY)]
)
def test_signature_that_was_refused_does_not_count_again_in_another_container(
    joint, beside, stands
):
    envelope = joint.envelopes[0]
    first = joint.bring(envelope, MARI[1])
    refuse(joint, first)

    content = signing.signed(signing.read(first.stored_file), beside, at=joint.at)
    brought = actions.receive_return(
        envelope=envelope, upload=signing.upload(content), came_by="mail", at=joint.at
    )

    assert signing.judged(brought, joint.at).state == "good"
    assert envelope.signers.get(name=MARI[0]).signed_at is None
    assert container_to_sign(envelope).pk == envelope.container_id
    assert state(joint) == stands


def test_signature_of_the_first_can_be_refused_before_the_others_have_signed(joint):
    first = joint.bring(joint.envelopes[0], MARI[1])

    refuse(joint, first)

    assert state(joint) == PaperState.FAULTY
    assert joint.bring(joint.envelopes[0], JURI[1]).state == "good"
    assert state(joint) == PaperState.PARTLY_SIGNED


def test_agency_s_own_file_that_is_refused_costs_the_client_no_letter():
    world = World().draft().seal().send()
    confirm_address(world)
    ours = world.agency_signs(world.envelopes[0])
    world.bring(world.envelopes[0], MARI[1])

    refuse(world, ours)

    assert state(world) == PaperState.FAULTY
    assert not OutgoingMail.objects.filter(key__startswith="documents.faults:").exists()


def test_file_judged_after_the_papers_were_accepted_leaves_them_as_they_were_confirmed():
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    world.bring(world.envelopes[0], MARI[1])
    late = received(world, MARI[1])
    world.register_agrees().confirm()
    check = world.papers[0].return_check_id

    assert signing.judged(late, world.at).state == "good"

    assert (state(world), world.papers[0].return_check_id) == (PaperState.CHECKED, check)


def test_register_is_asked_once_however_many_good_files_come():
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    for _file in range(2):
        signing.judged(received(world, MARI[1]), world.at)

    assert state(world) == PaperState.RETURNED
    assert RepresentationCheck.objects.filter(purpose="return").count() == 1


def test_faulty_file_brings_no_expired_paper_back_to_life(joint):
    joint.bring(joint.envelopes[0], MARI[1])
    actions.watch_envelopes(at=joint.at + dt.timedelta(days=31))

    assert signing.judged(received(joint, TIINA), joint.at).state == "faulty"
    assert state(joint) == PaperState.EXPIRED


def test_confirmed_papers_keep_their_container_when_another_of_it_is_set_aside():
    world = World(("VOLIKIRI_PEA", "VOLIKIRI_TAVA")).draft().seal().send()
    world.bring(world.envelopes[0], MARI[1])
    world.register_agrees().confirm()
    kept, other = world.papers

    actions.cancel_paper(
        paper=other, version=world.version, reason="ei soovi", by=world.by, at=world.at
    )

    envelope = world.case.envelopes.get()
    assert (envelope.opened_at, list(envelope.papers.active())) == (None, [kept])


def test_container_that_was_set_aside_is_neither_sent_nor_accepted():
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    world.bring(world.envelopes[0], MARI[1])
    actions.redo_paper(
        paper=world.papers[0], version=world.version, reason="vale", by=world.by, at=world.at
    )
    world.envelopes[0].signers.update(signed_at=None, signed_in=None)
    before = OutgoingMail.objects.count()

    with pytest.raises(actions.EnvelopeSettled):
        world.send()
    with pytest.raises(actions.EnvelopeSettled):
        world.confirm()

    assert OutgoingMail.objects.count() == before


def test_who_brings_the_very_file_of_another_is_told_what_is_wrong_with_it(client, joint):
    first, second = joint.envelopes[0].signers.order_by("position")
    pages = {one.pk: page_of(one) for one in (first, second)}
    bare = signing.read(joint.envelopes[0].container)
    assert bring(client, pages[first.pk], bare).status_code == 302
    signing.judged(first.returns.get(), joint.at)

    answer = bring(client, pages[second.pk], bare)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Failis ei ole ühtegi allkirja" in page
    assert "See fail on juba saabunud" in page


def page_of(signer):
    letter = OutgoingMail.objects.get(key__startswith="documents.ask:", to=signer.email)
    return next(word for word in letter.text.split() if "/documents/sign/" in word)


def bring(client, address, content):
    path = "/" + address.split("/", 3)[3]
    return client.post(f"{path}et/", {"file": SimpleUploadedFile("a.asice", content)})


def test_nobody_without_a_code_is_asked_to_sign():
    world = World()
    person = world.check.people.get()
    person.code = ""
    person.save(update_fields=["code"])

    with pytest.raises(actions.DraftNotPossible) as refused:
        world.draft()

    assert [one.code for one in refused.value.missing] == ["no_code"]


def test_who_is_ticked_and_typed_in_has_one_place():
    world = World(("VOLIKIRI_PEA",))
    person = world.people()[0]
    typed = replace(person, country="EE", job_title="juhataja")

    actions.choose_signers(
        paper=world.papers[0],
        version=world.version,
        chosen=[person, typed],
        by=world.by,
        at=world.at,
    )

    assert world.papers[0].signers.get().job_title == person.job_title


def test_papers_by_two_delegations_are_signed_apart():
    world = World(("KASUTUSLEPING", "KASUTUSLEPING")).draft()
    other = AgencyDelegationFactory(holder=world.delegation.holder, competence=False)
    Paper.objects.filter(pk=world.papers[1].pk).update(delegation=other)

    world.seal()

    signers = [envelope.signers.get(role="agency") for envelope in world.envelopes]
    assert [one.delegation for one in signers] == [world.delegation, other]


@pytest.mark.parametrize("reason", ["", "x" * 501, "Vale päev"])
def test_refusal_that_fails_says_so_at_the_form_and_keeps_what_was_typed(client, joint, reason):
    returned = joint.bring(joint.envelopes[0], MARI[1])
    client.force_login(joint.by)
    address = reverse("documents:refuse_return", args=[returned.pk])
    version = joint.version - (reason == "Vale päev")

    answer = client.post(address, {"refuse-version": version, "refuse-reason": reason})

    assert answer.status_code == 422
    assert f'value="{reason}"' in answer.content.decode() or not reason
