"""Pages of envelopes, returns, entry and access, as the specialist, the signatory and the client see them."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import RoleAssignment
from clients.models import ContactPoint
from common.models import OutgoingMail
from common.models.external_link import LinkOpening
from documents import actions
from documents.models import Access, EnvelopeSigner, Paper, ReturnedFile
from documents.states import PaperState
from tests.documents import signing
from tests.documents.situations import World
from tests.factories.documents import JURI, MARI, TIINA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture
def world(client):
    world = World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft()
    ContactPoint.objects.filter(client=world.case.client).update(
        confirmed_at=world.at, confirmed_how="callback"
    )
    client.force_login(world.by)
    return world


def page(client, world):
    answer = client.get(reverse("documents:case", args=[world.case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def posted(client, route, pk, **fields):
    return client.post(reverse(f"documents:{route}", args=[pk]), fields)


def links():
    """The links of the letters that ask to sign, in the order in which they were queued."""
    letters = OutgoingMail.objects.filter(key__startswith="documents.ask:").order_by("pk")
    return [re.search(r"/documents/sign/[\w-]+/", one.text)[0] for one in letters]


def file_of(content):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return SimpleUploadedFile("ümbrik.asice", content)


def send(client, world, envelope):
    signer = envelope.signers.get(role="representative")
    sent = posted(
        client,
        "send_envelope",
        envelope.pk,
        **{
            "version": world.version,
            f"email_{signer.pk}": "info@naidis.example.ee",
            f"how_{signer.pk}": "",
        },
    )
    assert sent.status_code == 302, sent.content.decode()


def bring(client, link, envelope, code):
    content = signing.signed_by(envelope, code)
    brought = client.post(f"{link}et/", {"file": file_of(content)})
    assert brought.status_code == 302
    return signing.judged(envelope.returns.order_by("-pk").first())


def test_from_drafts_to_access_by_pressing_buttons(client, world):
    case = world.case
    assert posted(client, "make_envelopes", case.pk).status_code == 302
    agreement, authorisation = case.envelopes.order_by("pk")
    assert agreement.file_name in page(client, world)
    for envelope in (agreement, authorisation):
        send(client, world, envelope)
    assert {paper.state for paper in world.papers} == {PaperState.SENT}

    for link, envelope in zip(links(), (agreement, authorisation), strict=True):
        assert MARI[0] in client.get(link).content.decode()
        assert bring(client, link, envelope, MARI[1]).state == "good"
    assert [paper.state for paper in world.papers] == ["partly_signed", "returned"]

    holder = world.delegation.holder
    RoleAssignment.objects.create(user=holder, role="coordinator", starts_on=dt.date(2020, 1, 1))
    client.force_login(holder)
    assert agreement.file_name in client.get(reverse("documents:to_sign")).content.decode()
    signed = client.post(
        reverse("documents:agency_sign", args=[agreement.pk]),
        {"way": "agency", "file": file_of(signing.signed_by(agreement, TIINA))},
    )
    assert signed.status_code == 302
    signing.judged(agreement.returns.order_by("-pk").first())
    assert [paper.state for paper in world.papers] == ["returned", "returned"]

    client.force_login(world.by)
    world.register_agrees()
    for envelope in (agreement, authorisation):
        posted(client, "confirm_return", envelope.pk, version=world.version)
    assert [paper.state for paper in world.papers] == ["checked", "checked"]

    for paper in world.papers:
        name = f"enter-{paper.pk}"
        posted(
            client,
            "enter_paper",
            paper.pk,
            **{
                f"{name}-version": world.version,
                f"{name}-portal_record": "E-1",
                f"{name}-told_how": "mail",
            },
        )
    assert [paper.state for paper in world.papers] == ["entered", "entered"]
    notices = OutgoingMail.objects.filter(key__startswith="documents.notice:")
    assert [mail.to for mail in notices.order_by("pk")] == [
        "info@naidis.example.ee",
        "info@naidis.example.ee",
        "kati@naidis.example.ee",
    ]
    notices.update(state="sent", sent_at=world.at)
    actions.follow_notices(at=world.at)
    assert world.reload().state == "done"
    held = client.get(reverse("documents:access"), {"organisation": "19999905"})
    assert "Kati Kask" in held.content.decode()


def test_stranger_who_signed_is_told_on_the_page_and_the_paper_waits(client, world):
    world.seal().send()
    link, envelope = links()[0], world.envelopes[0]

    returned = bring(client, link, envelope, JURI[1])

    assert (returned.state, returned.faults[0][0]) == ("faulty", "wrong_people")
    shown = client.get(link).content.decode()
    assert "ALLKIRJASTAJA" in shown
    assert [paper.state for paper in world.papers] == ["faulty", "sent"]


def test_changed_paper_is_caught_and_the_letter_names_it(client, world):
    world.seal().send()
    envelope = world.envelopes[0]
    name = world.papers[0].file_name
    content = signing.signed(
        signing.read(envelope.container), MARI[1], files={name: b"%PDF-1.4 page 2 changed %%EOF"}
    )
    returned = signing.judged(
        actions.receive_return(
            envelope=envelope,
            upload=signing.upload(content),
            came_by="page",
            signer=envelope.signers.get(role="representative"),
            at=world.at,
        )
    )
    assert returned.faults == [["changed_file", name]]

    report = client.get(reverse("documents:report", args=[returned.pk])).content.decode()
    assert name in report
    posted(client, "tell_faults", returned.pk)
    posted(client, "tell_faults", returned.pk)

    letter = OutgoingMail.objects.get(key__startswith="documents.faults:")
    assert name in letter.text


def test_link_that_was_revoked_guessed_or_expired_shows_nothing(client, world):
    world.seal().send()
    link = links()[0]
    signer = EnvelopeSigner.objects.get(envelope=world.envelopes[0], role="representative")
    posted(client, "revoke_link", signer.pk, version=world.version)

    for address in (link, "/documents/sign/guessed/", f"{link}et/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert world.papers[0].number not in answer.content.decode()
    assert client.get(f"{link}container/").status_code == 404
    assert client.get(f"{link}papers/{world.papers[0].pk}/").status_code == 404

    posted(client, "renew_link", signer.pk, version=world.version)
    assert client.get(links()[-1]).status_code == 200


def test_link_shows_its_own_papers_alone(client, world):
    world.seal().send()
    other = world.papers[1]

    assert client.get(f"{links()[0]}papers/{other.pk}/").status_code == 404
    assert other.number not in client.get(links()[0]).content.decode()


def test_unconfirmed_address_is_refused_at_its_field_and_nothing_is_sent(client, world):
    world.seal()
    envelope = world.envelopes[0]
    signer = envelope.signers.get(role="representative")

    answer = posted(
        client,
        "send_envelope",
        envelope.pk,
        **{"version": world.version, f"email_{signer.pk}": "mari@mujal.ee", f"how_{signer.pk}": ""},
    )

    assert answer.status_code == 422
    assert "mari@mujal.ee" in answer.content.decode()
    assert not OutgoingMail.objects.filter(key__startswith="documents.ask:").exists()


def test_hostile_upload_is_refused_at_the_field(client, world):
    world.seal().send()

    answer = client.post(f"{links()[0]}et/", {"file": file_of(b"MZ not a container")})

    assert answer.status_code == 422
    assert not ReturnedFile.objects.exists()


def test_papers_to_add_follow_from_what_is_held(client, world):
    world.seal().send()
    kinds = re.compile(r"\?kind=(\w+)")
    before = set(kinds.findall(page(client, world)))
    assert before == {"VOLIKIRI_PEA", "VOLIKIRI_TAVA"}

    Access.objects.create(
        organisation_code="19999905",
        kind="agreement",
        granted_by=Paper.objects.first(),
        valid_from=world.at.date(),
    )

    assert set(kinds.findall(page(client, world))) - before == {
        "LEPINGU_LOPETAMINE_TEADE",
        "LEPINGU_LOPETAMINE_KOKKULEPE",
        "LEPINGU_LOPETAMINE_AMET",
    }


@pytest.mark.parametrize("kind", ["VOLIKIRI_PEA", "VOLIKIRI_TAVA"])
def test_paper_is_added_with_what_was_typed(client, world, kind):
    address = reverse("documents:add_paper", args=[world.case.pk])
    assert client.get(address, {"kind": kind}).status_code == 200
    typed = {
        "kind": kind,
        "version": world.version,
        "signer_set": "0",
        "person_name": "Peeter Paju",
        "personal_code": "37001011059",
        "code_country": "EST",
        "email": "peeter@naidis.example.ee",
        "phone": "5300 1234",
        "services": ["charges:view", "wells:view"] if kind == "VOLIKIRI_TAVA" else ["charges"],
        "valid_from": "2026-12-01",
    }

    wrong = client.post(address, typed | {"personal_code": "37001011050"})
    assert wrong.status_code == 422
    assert "Peeter Paju" in wrong.content.decode()
    assert client.post(address, typed).status_code == 302

    paper = Paper.objects.get(kind=kind, content__person_name="Peeter Paju")
    assert paper.content.masked_code == "37001******"
    changed = client.get(reverse("documents:change_terms", args=[paper.pk])).content.decode()
    assert "peeter@naidis.example.ee" in changed


def test_page_that_says_it_only_looks_is_an_opening_all_the_same(client, world):
    world.seal().send()

    answer = client.get(f"{links()[0]}et/", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert LinkOpening.objects.count() == 1
    client.get(f"{links()[0]}et/", headers={"HX-Request": "true"})
    assert LinkOpening.objects.count() == 1
