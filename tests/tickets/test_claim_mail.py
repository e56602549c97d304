"""The client's reply to a letter about a ticket stands with the ticket, and nobody else's does."""

import datetime as dt

import pytest

from clients.models import ContactPoint
from common.models import OutgoingMail
from inquiries.models import Letter
from tests.documents.mails import filed, replied
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import raised, resolved
from tickets import actions
from tickets.models import Ticket, TicketComment

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CLIENT = "Klient <klient@example.ee>"


def client_with_address():
    client = InquiryFactory().client
    ContactPoint.objects.create(
        client=client, kind="email", value="klient@example.ee", created_at=MONDAY_TEN
    )
    return client


def asked():
    """A ticket that waits for the client, who was asked by mail."""
    ticket = raised(client=client_with_address())
    actions.ask_client(
        ticket=ticket, text="Mis kell see oli?", by_mail=True, by=ticket.responsible,
        at=MONDAY_TEN + HOUR,
    )  # fmt: skip
    return ticket, OutgoingMail.objects.get(key__startswith="tickets.client:")


def told():
    ticket = resolved(client=client_with_address())
    actions.deliver_solution(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, channel="email",
        text="Lukustus on maas.", by=ticket.responsible, at=MONDAY_TEN + 3 * HOUR,
    )  # fmt: skip
    return ticket, OutgoingMail.objects.get(key__startswith="tickets.client:")


def test_reply_goes_on_with_what_waited_once_however_often_it_comes():
    ticket, mail = asked()
    raw = replied(mail, "Kell kümme.\n\n> Mis kell see oli?", sender=CLIENT)

    for _copy in range(2):
        filed(raw, MONDAY_TEN + DAY)

    ticket.refresh_from_db()
    said = TicketComment.objects.get(is_incoming=True)
    assert ticket.state == "in_progress"
    assert (said.kind, said.source, said.text.splitlines()[0]) == ("client", "mail", "Kell kümme.")
    assert not Letter.objects.exists()


def test_reply_to_the_solution_opens_the_closed_ticket():
    ticket, mail = told()

    filed(replied(mail, "Ikka ei saa.", sender=CLIENT), MONDAY_TEN + DAY)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened) == ("raised", 1)


@pytest.mark.parametrize("why", ["stranger", "long after"])
def test_what_is_no_reply_of_the_client_is_a_letter_as_any_other(why):
    ticket, mail = told()
    sender = "Keegi <keegi@example.ee>" if why == "stranger" else CLIENT
    days = 1 if why == "stranger" else 31

    filed(replied(mail, "Ikka ei saa.", sender=sender), MONDAY_TEN + days * DAY)

    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert Letter.objects.count() == 1
    assert not TicketComment.objects.filter(is_incoming=True, kind="client").exists()


def test_reply_about_a_ticket_that_was_cancelled_is_a_letter_that_somebody_sees():
    ticket, mail = asked()
    actions.cancel_ticket(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, reason="lahenes ise",
        by=ticket.responsible, at=MONDAY_TEN + 2 * HOUR,
    )  # fmt: skip

    filed(replied(mail, "Kell kümme.", sender=CLIENT), MONDAY_TEN + DAY)

    assert Letter.objects.count() == 1
    assert not TicketComment.objects.filter(is_incoming=True, kind="client").exists()
