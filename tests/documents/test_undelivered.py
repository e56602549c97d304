"""Letters about a case that do not arrive are seen on it, until they matter no more."""

import pytest
from django.urls import reverse

from clients.models import ConfirmedHow
from common import actions as common_actions
from common.mail_states import MailState
from common.models import OutgoingMail
from documents import actions
from documents.queries import cases_with_undelivered_letters, undelivered_letters
from tests.documents import signing
from tests.documents.mails import filed, letters_that_ask
from tests.documents.pages import case_url, signed_in
from tests.documents.situations import World, later
from tests.factories.documents import JURI, MARI, AccessCaseFactory
from tests.standins.hostile_mail import report
from tests.standins.smtp import free_port, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusted_list():
    return signing.keep_trusted_list()


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def world():
    return World().draft().seal().send()


def lost(mail, state=MailState.RETURNED, error="5.1.1 550 no such mailbox"):
    mail.state, mail.last_error = state, f"{error}: {mail.to}"
    mail.sent_at = mail.queued_at if state == MailState.RETURNED else None
    mail.save()
    return mail


def undelivered(world):
    return undelivered_letters([world.case.pk]).get(world.case.pk, [])


def sent_once_more(world):
    envelope = world.envelopes[0]
    signer = envelope.signers.get(role="representative")
    actions.send_envelope(
        envelope=envelope,
        addresses={signer.pk: actions.Address("uus@example.ee", ConfirmedHow.CALLBACK)},
        version=world.version,
        by=world.by,
        at=world.at,
    )


def test_letter_that_came_back_is_shown_on_the_case_with_why(client, world):
    client.force_login(world.by)
    mail = letters_that_ask()[0]
    OutgoingMail.objects.update(state=MailState.SENT, sent_at=world.at)

    filed(report(1, mail.message_id), world.at)

    page = client.get(case_url(world.case)).content.decode()
    shown = page.split('id="undelivered-title"')[1].split("</section>")[0]
    assert mail.recipient_shown in shown
    assert "no such mailbox" in shown
    assert mail.to not in shown
    row = client.get(reverse("documents:list") + "?state=undelivered").content.decode()
    assert world.case.number in row
    assert "Letter not delivered" in row


def test_address_that_the_server_repeats_is_masked(client, world):
    client.force_login(world.by)
    mail = lost(letters_that_ask()[0], MailState.FAILED)

    page = client.get(case_url(world.case)).content.decode()

    shown = page.split('id="undelivered-title"')[1].split("</section>")[0]
    assert mail.to not in shown


def test_letter_sent_to_another_address_takes_its_place(world):
    lost(letters_that_ask()[0])
    assert [one.key for one in undelivered(world)] == [letters_that_ask()[0].key]

    sent_once_more(world)

    assert undelivered(world) == []
    assert cases_with_undelivered_letters() == set()


def test_lost_letter_to_somebody_who_has_signed_matters_no_more(world):
    lost(letters_that_ask()[0])

    world.bring(world.envelopes[0], MARI[1])

    assert undelivered(world) == []


def test_lost_letter_of_faults_matters_until_the_next_file(world):
    envelope = world.envelopes[0]
    returned = world.bring(
        envelope, JURI[1], signer=envelope.signers.get(role="representative"), came_by="page"
    )
    actions.tell_faults(returned=returned, by=world.by, at=world.at)
    lost(OutgoingMail.objects.get(key__startswith="documents.faults:"))
    assert len(undelivered(world)) == 1

    world.bring(envelope, MARI[1])

    assert undelivered(world) == []


def test_notice_that_came_back_is_told_of_until_the_client_is_told_otherwise(world):
    for envelope in world.envelopes:
        world.agency_signs(envelope)
        world.bring(envelope, MARI[1])
    world.register_agrees().confirm()
    world.case.client.contact_points.update(confirmed_at=world.at, confirmed_how="callback")
    world.enter()
    paper = world.papers[0]
    lost(OutgoingMail.objects.about(paper).get())
    assert cases_with_undelivered_letters() == {world.case.pk}
    assert len(undelivered(world)) == 1

    actions.tell_client(paper=paper, how="phone", by=world.by, at=world.at)

    assert cases_with_undelivered_letters() == set()


def test_letter_that_came_back_is_told_once_in_the_story(world):
    lost(letters_that_ask()[0])

    assert [actions.tell_undelivered(at=world.at) for _ in range(2)] == [1, 0]

    event = world.case.events.get(what="letter_lost")
    assert event.parameters == {"mail": letters_that_ask()[0].pk}


def test_letter_of_a_closed_case_is_told_to_nobody(world):
    lost(letters_that_ask()[0])
    actions.cancel_case(
        case=world.reload(), version=world.version, reason="loobus", by=world.by, at=world.at
    )

    assert actions.tell_undelivered(at=world.at) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number_of_lost_letters(
    client, django_assert_num_queries, count
):
    signed_in(client)
    for number, case in enumerate(AccessCaseFactory.create_batch(count)):
        mail = common_actions.queue_mail(
            key=f"documents.other:{number}",
            to="mari@example.ee",
            subject="Tere",
            text="Tere",
            language="et",
            about=case,
            at=case.started_at,
        )
        lost(mail)

    with django_assert_num_queries(6):
        answer = client.get(reverse("documents:list"), headers={"HX-Request": "true"})

    assert answer.content.decode().count("Letter not delivered") == count


@pytest.fixture
def mail_settings(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    return settings


def test_mail_server_that_is_down_delays_the_letter_and_the_case_says_so(
    client, world, mail_settings
):
    client.force_login(world.by)
    mail_settings.EMAIL_PORT = free_port()
    mail = letters_that_ask()[0]
    assert not common_actions.send_mail(mail_id=mail.pk, at=world.at)

    page = client.get(case_url(world.case)).content.decode()
    assert "Waiting: the mail server has not taken it yet" in page
    with mail_server() as server:
        mail_settings.EMAIL_PORT = server.port
        later(world, minutes=10)
        common_actions.send_due_mail(at=world.at)
        common_actions.send_mail(mail_id=mail.pk, at=world.at)
        common_actions.send_mail(mail_id=mail.pk, at=world.at)

    assert [letter["Message-ID"] for letter in server.letters] == [mail.message_id]
    assert undelivered(world) == []
