"""A letter about a ticket did not arrive: the responsible person hears of it, and who was told knows nothing."""

import datetime as dt

import pytest

from common.mail_states import MailState
from common.models import OutgoingMail
from inquiries.models import Inquiry
from servicedesk.timetable import TIMETABLE
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import raised, resolved
from tickets import actions, tasks
from tickets.clocks_of import readings_of
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
LATER = MONDAY_TEN + 5 * HOUR


def client_with_address(address="klient@example.ee"):
    return ClientFactory(email=address)


def told(ticket, channel="email", at=MONDAY_TEN + 2 * HOUR, **more):
    ticket = Ticket.objects.get(pk=ticket.pk)
    return actions.deliver_solution(
        ticket=ticket, version=ticket.version, channel=channel, text="Lukustus on maas.",
        by=ticket.responsible, at=at, **more,
    )  # fmt: skip


def comes_back(state=MailState.RETURNED):
    sent_at = MONDAY_TEN + 3 * HOUR if state == MailState.RETURNED else None
    OutgoingMail.objects.update(state=state, sent_at=sent_at)
    return actions.tell_lost_letters(at=LATER)


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize("state", [MailState.RETURNED, MailState.FAILED])
@pytest.mark.parametrize("closes", [True, False])
def test_solution_that_did_not_arrive_is_to_be_told_again(state, closes):
    client = client_with_address()
    inquiry = InquiryFactory(client=client)
    ticket = resolved(client=client, inquiry=inquiry, responsible=inquiry.responsible)
    told(ticket, closes=closes)
    assert Inquiry.objects.get().state == "solved"

    assert comes_back(state) == 1

    ticket = fresh(ticket)
    assert (ticket.state, ticket.told_at, ticket.closed_at) == ("resolved", None, None)
    assert ticket.moved_at == LATER
    assert [one.what for one in ticket.events.order_by("pk")][-2:] == ["letter_lost", "lose_letter"]
    assert Inquiry.objects.get().state == "with_tier2"
    assert readings_of(ticket, LATER)  # its story can be read
    assert comes_back(state) == 0

    told(ticket, channel="phone", at=LATER + HOUR)

    assert fresh(ticket).state == "closed"
    assert Inquiry.objects.get().state == "solved"
    assert comes_back(state) == 0
    assert Delivery.objects.count() == 2


def test_client_who_was_rung_meanwhile_knows():
    ticket = resolved(client=client_with_address())
    told(ticket)
    actions.reopen_ticket(
        ticket=ticket, version=fresh(ticket).version, reason="ei aidanud", by=ticket.responsible,
        at=MONDAY_TEN + 3 * HOUR,
    )  # fmt: skip
    actions.resolve_ticket(ticket=ticket, solution="Nüüd.", by=None, at=MONDAY_TEN + 3 * HOUR)
    told(ticket, channel="phone", at=MONDAY_TEN + 4 * HOUR)

    comes_back()

    assert fresh(ticket).state == "closed"


def test_question_that_did_not_arrive_is_news_and_still_waits():
    ticket = raised(client=client_with_address())
    actions.ask_client(
        ticket=ticket, text="Mis kell?", by_mail=True, by=ticket.responsible, at=MONDAY_TEN + HOUR
    )

    comes_back()

    assert fresh(ticket).state == "waiting_client"
    assert fresh(ticket).moved_at == LATER


def test_part_told_by_the_same_letter_goes_along_and_one_with_its_own_does_not():
    client = client_with_address()
    whole = resolved(client=client)
    same, own = raised(client=client), raised(client=client_with_address("teine@example.ee"))
    for part in (same, own):
        actions.make_part_of(
            ticket=part, whole=whole, version=part.version, by=part.responsible, at=MONDAY_TEN
        )
    Ticket.objects.update(responsible=whole.responsible)
    told(whole, parts={same.pk: "told", own.pk: "mail"})
    assert fresh(own).state == fresh(same).state == "closed"
    OutgoingMail.objects.filter(to="klient@example.ee").update(
        state=MailState.RETURNED, sent_at=MONDAY_TEN + 3 * HOUR
    )

    actions.tell_lost_letters(at=LATER)

    assert fresh(whole).state == fresh(same).state == "resolved"
    assert fresh(own).state == "closed"


def test_it_is_looked_every_five_minutes():
    task = "tickets.tasks.tell_lost_letters"
    assert [one["schedule"] for one in TIMETABLE.values() if one["task"] == task] == [300]
    tasks.tell_lost_letters()
