"""Signed files that came by mail and name no paper of ours, sorted by a person; and mails on the case."""

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from common.models import StoredFile
from common.states import MoveNotAllowed
from documents import actions
from documents.models import ReturnedFile, UnsortedFile
from inquiries.models import Letter
from tests.documents import signing
from tests.documents.mails import filed, letters_that_ask, replied, written
from tests.documents.pages import case_url, signed_in
from tests.documents.situations import World
from tests.factories.accounts import UserFactory
from tests.factories.documents import JURI, MARI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def world():
    return World(("KASUTUSLEPING", "VOLIKIRI_PEA")).draft().seal().send()


def unsorted_file(world, number=1, **head):
    container = signing.read(world.envelopes[0].container)
    foreign = signing.signed(container, JURI[1], files={"x.txt": f"{number}".encode()})
    raw = written("Avaldus", (f"a{number}.asice", foreign), message_id=f"<{number}@x.ee>", **head)
    filed(raw, world.at)
    return UnsortedFile.objects.latest("pk")


def sort(client, file, number):
    fields = {f"f{file.pk}-number": number}
    return client.post(reverse("documents:sort_file", args=[file.pk]), fields)


def test_file_is_sorted_by_the_number_of_a_paper(client, world):
    user = signed_in(client)
    file, envelope = unsorted_file(world), world.envelopes[1]
    kept = file.stored_file

    answer = sort(client, file, envelope.papers.get().number.lower())

    assert answer.status_code == 302
    file.refresh_from_db()
    returned = ReturnedFile.objects.get()
    assert (returned.envelope, returned.came_by, returned.received_by) == (envelope, "mail", user)
    assert (returned.mail, returned.stored_file.sha256) == (file.mail, file.sha256)
    assert (file.returned, file.settled_by, file.stored_file) == (returned, user, None)
    assert not StoredFile.objects.filter(pk=kept.pk).exists()
    assert signing.judged(returned).state == "faulty"


def test_number_of_a_case_with_several_containers_is_not_enough(client, world):
    signed_in(client)
    file = unsorted_file(world)

    answer = sort(client, file, world.case.number)

    assert answer.status_code == 422
    assert "several containers" in answer.content.decode()
    assert not ReturnedFile.objects.exists()


@pytest.mark.parametrize("number", ["", "J-2026-000000", "%"])
def test_number_of_nothing_is_refused(client, world, number):
    signed_in(client)

    assert sort(client, unsorted_file(world), number).status_code == 422
    assert not ReturnedFile.objects.exists()


def test_case_that_waits_for_nothing_takes_no_file(client, world):
    signed_in(client)
    file, paper = unsorted_file(world), world.papers[0]
    actions.cancel_case(
        case=world.reload(), version=world.version, reason="loobus", by=world.by, at=world.at
    )

    assert sort(client, file, paper.number).status_code == 422


def test_file_of_no_case_is_put_away_and_its_letter_stays(client, world):
    user = signed_in(client)
    file = unsorted_file(world)

    client.post(reverse("documents:dismiss_file", args=[file.pk]))

    file.refresh_from_db()
    assert (file.settled_by, file.returned, file.stored_file) == (user, None, None)
    assert Letter.objects.get().files.count() == 1
    assert file.name not in client.get(reverse("documents:unsorted")).content.decode()


def test_file_is_sorted_once(world):
    file, envelope = unsorted_file(world), world.envelopes[0]
    actions.dismiss_signed_file(file=file, by=world.by, at=world.at)

    with pytest.raises(MoveNotAllowed):
        actions.sort_signed_file(file=file, envelope=envelope, by=world.by, at=world.at)

    assert not ReturnedFile.objects.exists()


def test_list_of_cases_says_how_many_wait_to_be_sorted(client, world):
    signed_in(client)
    address = reverse("documents:unsorted")
    assert address not in client.get(reverse("documents:list")).content.decode()

    unsorted_file(world)

    assert address in client.get(reverse("documents:list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_to_be_sorted_costs_the_same_for_any_length(
    client, world, django_assert_num_queries, count
):
    signed_in(client)
    signer = world.envelopes[0].signers.get(role="representative")
    for number in range(count):
        unsorted_file(world, number, sender=signer.email)

    with django_assert_num_queries(QUERIES):
        answer = client.get(reverse("documents:unsorted"))

    page = answer.content.decode()
    assert (
        page.count(f'value="{world.case.number}"') == count
    )  # the case of that address is proposed
    assert all(f"a{number}.asice" in page for number in range(count))


QUERIES = 5


def test_file_is_downloaded_as_it_came_and_that_is_written_down(client, world):
    user = signed_in(client)
    file = unsorted_file(world)
    content = signing.read(file.stored_file)

    answer = client.get(reverse("documents:unsorted_file", args=[file.pk]))

    assert b"".join(answer.streaming_content) == content
    assert AccessEntry.objects.filter(what="paper.download", by_id=user.pk).exists()


def test_who_may_not_change_cases_sorts_nothing(client, world):
    signed_in(client, role="auditor")
    file = unsorted_file(world)

    assert client.get(reverse("documents:unsorted")).status_code == 403
    assert sort(client, file, world.papers[0].number).status_code == 403


def test_words_of_the_sender_are_read_from_the_story_of_the_case(client, world):
    client.force_login(world.by)
    signed = signing.signed_by(world.envelopes[0], MARI[1])
    words = "Palun <b>kiiresti</b>!"
    scan = ("skann.pdf", b"%PDF-1.4 %%EOF")
    filed(replied(letters_that_ask()[0], words, ("leping.asice", signed), scan), world.at)
    event = world.case.events.get(what="mail_came")
    address = reverse("documents:case_mail", args=[event.pk])

    assert address in client.get(case_url(world.case)).content.decode()
    page = client.get(address).content.decode()

    assert "Palun &lt;b&gt;kiiresti&lt;/b&gt;!" in page
    assert AccessEntry.objects.filter(what="paper.mail", reason=world.case.number).exists()
    file = client.get(reverse("documents:case_mail_file", args=[event.pk, 1]))
    assert b"".join(file.streaming_content) == scan[1]
    assert file["Content-Type"] == "application/octet-stream"
    missing = reverse("documents:case_mail_file", args=[event.pk, 2])
    assert client.get(missing).status_code == 404


def test_mail_is_shown_to_nobody_who_may_not_see_its_case(client, world):
    signed = signing.signed_by(world.envelopes[0], MARI[1])
    filed(replied(letters_that_ask()[0], "Tere", ("leping.asice", signed)), world.at)
    event = world.case.events.get(what="mail_came")
    other = world.case.events.exclude(what="mail_came").first()

    client.force_login(world.by)
    assert client.get(reverse("documents:case_mail", args=[other.pk])).status_code == 404
    client.force_login(UserFactory())
    assert client.get(reverse("documents:case_mail", args=[event.pk])).status_code == 403
