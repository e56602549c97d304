"""Several people sign one envelope: in any order, on one container or on two."""

import pytest

from clients.models import ContactPoint
from common.models import ExternalLink, OutgoingMail
from common.states import MoveNotAllowed
from documents import actions
from documents.models import AgencyDelegation, ReturnedFile
from documents.queries import container_to_sign, signed_containers, waiting_for_signature
from documents.states import PaperState
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.accounts import UserFactory
from tests.factories.documents import JURI, MARI, TIINA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world():
    return World(("VOLIKIRI_PEA",), is_joint=True).draft().seal().send()


def state(world):
    return world.papers[0].state


def test_two_who_both_signed_the_bare_container_are_accepted_together(world):
    envelope = world.envelopes[0]
    bare = signing.read(envelope.container)
    for code in (MARI[1], JURI[1]):
        returned = actions.receive_return(
            envelope=envelope,
            upload=signing.upload(signing.signed(bare, code, at=world.at)),
            came_by="page",
            at=world.at,
        )
        assert signing.judged(returned, world.at).state == "good"

    assert state(world) == PaperState.RETURNED
    assert not envelope.signers.filter(signed_at=None).exists()


def test_who_signs_second_is_offered_the_container_of_the_first(world):
    envelope = world.envelopes[0]
    first = world.bring(envelope, MARI[1])

    assert container_to_sign(envelope).pk == first.stored_file_id
    assert world.bring(envelope, JURI[1]).people == [
        one.pk for one in envelope.signers.order_by("position")
    ]


def test_the_same_file_brought_twice_is_one_return(world):
    envelope = world.envelopes[0]
    upload = signing.upload(signing.signed_by(envelope, MARI[1], at=world.at))

    once = actions.receive_return(envelope=envelope, upload=upload, came_by="page", at=world.at)
    again = actions.receive_return(envelope=envelope, upload=upload, came_by="mail", at=world.at)

    assert once == again
    assert ReturnedFile.objects.count() == 1


def test_faulty_file_takes_nothing_back_of_who_did_right(world):
    envelope = world.envelopes[0]
    world.bring(envelope, MARI[1])

    faulty = world.bring(envelope, TIINA)
    world_state = state(world)

    # The container held the good signature of the first beside the stranger's.
    assert faulty.state == "good"
    stranger = signing.signed(signing.read(envelope.container), TIINA, at=world.at)
    refused = signing.judged(
        actions.receive_return(
            envelope=envelope, upload=signing.upload(stranger), came_by="page", at=world.at
        ),
        world.at,
    )
    assert refused.state == "faulty"
    assert (world_state, state(world)) == (PaperState.PARTLY_SIGNED, PaperState.PARTLY_SIGNED)
    assert envelope.signers.get(masked_code__startswith="47001").signed_at


def test_person_who_refuses_a_file_takes_its_signatures_out_and_writes_to_its_sender_alone(world):
    envelope = world.envelopes[0]
    mari, juri = envelope.signers.order_by("position")
    bare = signing.read(envelope.container)
    returned = {}
    for signer, code in ((mari, MARI[1]), (juri, JURI[1])):
        one = actions.receive_return(
            envelope=envelope,
            upload=signing.upload(signing.signed(bare, code, at=world.at)),
            came_by="page",
            signer=signer,
            at=world.at,
        )
        returned[code] = signing.judged(one, world.at)

    actions.refuse_return(
        returned=returned[JURI[1]],
        version=world.version,
        reason="Leht 2 on loetamatu",
        by=world.by,
        at=world.at,
    )

    juri.refresh_from_db()
    mari.refresh_from_db()
    assert (juri.signed_at, mari.signed_at is None) == (None, False)
    assert state(world) == PaperState.FAULTY
    letters = OutgoingMail.objects.filter(key__startswith="documents.faults:")
    assert [letter.to for letter in letters] == [juri.email]
    assert "Leht 2 on loetamatu" in letters.get().text


def test_links_end_when_the_papers_are_accepted(world):
    envelope = world.envelopes[0]
    for code in world.codes:
        world.bring(envelope, code)
    world.register_agrees().confirm()

    assert not ExternalLink.objects.filter(
        purpose="documents.client_page", revoked_at=None
    ).exists()


def test_not_accepted_before_the_register_agrees_once_more(world):
    for code in world.codes:
        world.bring(world.envelopes[0], code)

    with pytest.raises(actions.ReturnNotConfirmable):
        world.confirm()


def test_not_accepted_before_everybody_has_signed():
    world = World().draft().seal().send()
    world.bring(world.envelopes[0], MARI[1])

    with pytest.raises(MoveNotAllowed):
        world.confirm()
    assert state(world) == PaperState.PARTLY_SIGNED


@pytest.mark.parametrize(
    "order",
    [(TIINA, MARI[1], JURI[1]), (MARI[1], JURI[1], TIINA), (MARI[1], TIINA, JURI[1])],
    ids=["first", "last", "between"],
)
def test_agency_signs_first_last_or_in_between(order):
    world = World(is_joint=True).draft().seal()
    envelope = world.envelopes[0]

    for code in order:
        if code == TIINA:
            world.agency_signs(envelope)
        else:
            world.bring(envelope, code)

    assert state(world) == PaperState.RETURNED


def test_delegation_that_has_ended_blocks_with_the_reason_and_the_list_says_so():
    world = World().draft().seal()
    envelope, holder = world.envelopes[0], world.delegation.holder
    assert list(waiting_for_signature(user_id=holder.pk)) == [envelope]
    AgencyDelegation.objects.update(valid_to="2021-01-01")

    with pytest.raises(actions.DelegationEnded) as refused:
        world.agency_signs(envelope)

    assert world.delegation.basis in str(refused.value)
    assert not envelope.returns.exists()


def test_nobody_signs_in_the_place_of_the_person_named():
    world = World().draft().seal()
    world.delegation.holder = UserFactory(role="coordinator")

    with pytest.raises(actions.NotToSign):
        world.agency_signs(world.envelopes[0])


def test_paper_made_anew_takes_its_envelope_apart_and_the_others_wait_unsigned():
    world = World(("VOLIKIRI_PEA", "VOLIKIRI_TAVA")).draft().seal().send()
    envelope, (main_user, user) = world.envelopes[0], world.papers

    actions.redo_paper(
        paper=user, version=world.version, reason="vale e-post", by=world.by, at=world.at
    )

    envelope.refresh_from_db()
    main_user.refresh_from_db()
    assert envelope.opened_at
    assert (main_user.state, main_user.envelope_id) == (PaperState.DRAFT_READY, None)
    assert not ExternalLink.objects.filter(
        purpose="documents.client_page", revoked_at=None
    ).exists()
    anew = world.papers[-1]
    assert (anew.kind, anew.content.person_name) == ("VOLIKIRI_TAVA", "Kati Kask")


def test_file_waits_while_there_is_no_trusted_list_and_is_judged_by_the_next_one(trusted_list):
    trusted_list.delete()
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    returned = world.bring(world.envelopes[0], MARI[1])
    assert returned.state == "unchecked"

    signing.keep_trusted_list()

    assert actions.hurry_returns(at=world.at.replace(year=world.at.year + 1)) == 1
    assert signing.judged(returned, world.at).state == "good"
    assert state(world) == PaperState.RETURNED


def test_the_client_gets_a_copy_with_all_signatures_once_and_nobody_else_does():
    world = World(("VOLIKIRI_PEA", "VOLIKIRI_TAVA"), is_joint=True).draft().seal().send()
    ContactPoint.objects.filter(client=world.case.client).update(
        confirmed_at=world.at, confirmed_how="callback"
    )
    for code in world.codes:
        world.bring(world.envelopes[0], code)

    world.register_agrees().confirm().enter(agreement_seen=True)

    notices = OutgoingMail.objects.filter(key__startswith="documents.notice:")
    attached = [(mail.to, file) for mail in notices for file in mail.attachments.all()]
    assert [to for to, _file in attached] == ["info@naidis.example.ee"]
    assert bytes(attached[0][1].content) == signing.read(container_to_sign(world.envelopes[0]))


def test_two_containers_that_count_together_both_go_to_the_client(world):
    envelope = world.envelopes[0]
    bare = signing.read(envelope.container)
    for code in world.codes:
        one = actions.receive_return(
            envelope=envelope,
            upload=signing.upload(signing.signed(bare, code, at=world.at)),
            came_by="page",
            at=world.at,
        )
        signing.judged(one, world.at)

    assert len(signed_containers(envelope)) == 2
