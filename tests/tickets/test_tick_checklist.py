"""What is done of a checklist, and what a delivery asks of it."""

import datetime as dt

import pytest

from common.models import Event
from common.states import MoveNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised, resolved, solver_of
from tickets import actions
from tickets.models import ChecklistTemplate, Delivery, Ticket

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(hours=2)


@pytest.fixture(autouse=True)
def _no_first_checklists():
    ChecklistTemplate.objects.all().delete()


def line_of(ticket, text="üks", **fields):
    return ticket.checklist.create(text_et=text, **fields)


def delivered(ticket, **more):
    version = Ticket.objects.get(pk=ticket.pk).version
    return actions.deliver_solution(
        ticket=ticket, version=version, channel="phone", text="Ütlesin.",
        by=ticket.responsible, at=LATER, **more,
    )  # fmt: skip


def test_tick_keeps_who_and_when_and_tells_open_pages():
    ticket = raised()
    line, solver = line_of(ticket), solver_of(ticket.group)
    Event.objects.all().delete()

    actions.tick_line(line=line, by=solver, at=LATER)

    line.refresh_from_db()
    assert (line.ticked_by, line.ticked_at) == (solver, LATER)
    assert Event.objects.filter(kind="ticket-changed").count() == 1


def test_of_two_who_tick_the_same_line_the_first_stays():
    ticket = raised()
    line, first, second = line_of(ticket), UserFactory(), UserFactory()
    actions.tick_line(line=line, by=first, at=LATER)

    actions.tick_line(line=line, by=second, at=LATER + dt.timedelta(minutes=1))

    line.refresh_from_db()
    assert (line.ticked_by, line.ticked_at) == (first, LATER)


def test_two_who_tick_different_lines_lose_nothing():
    ticket = raised()
    one, two = line_of(ticket), line_of(ticket, "kaks")

    for line in (one, two):  # each began from the page as it was before
        actions.tick_line(line=line, by=ticket.responsible, at=LATER)

    assert ticket.checklist.unticked().count() == 0
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version


def test_tick_taken_back_stands_in_the_story_once():
    ticket = raised()
    line = line_of(ticket)
    actions.tick_line(line=line, by=ticket.responsible, at=LATER)

    for _ in range(2):
        actions.untick_line(line=line, by=ticket.responsible, at=LATER)

    line.refresh_from_db()
    assert not line.is_ticked
    assert ticket.events.filter(what="unticked").count() == 1


def test_what_may_stay_open_is_no_hindrance():
    ticket = resolved()
    line_of(ticket)

    delivered(ticket)

    assert Ticket.objects.get(pk=ticket.pk).state == "closed"


def test_what_must_be_done_before_is_named_and_nothing_has_changed():
    ticket = resolved()
    line_of(ticket, "roll kontrollitud", is_required=True)
    other = line_of(ticket, "muu")

    with pytest.raises(actions.ChecklistNotDone) as refusal:
        delivered(ticket, ticked=[other.pk])

    assert "“roll kontrollitud”" in str(refusal.value)
    assert "muu" not in str(refusal.value)
    assert Ticket.objects.get(pk=ticket.pk).state == "resolved"
    assert not Delivery.objects.exists()
    other.refresh_from_db()
    assert not other.is_ticked


def test_lines_ticked_with_the_delivery_are_done_with_it():
    ticket = resolved()
    line = line_of(ticket, is_required=True)
    foreign = line_of(raised())

    delivered(ticket, ticked=[line.pk, foreign.pk])

    line.refresh_from_db()
    foreign.refresh_from_db()
    assert (line.ticked_by, line.ticked_at) == (ticket.responsible, LATER)
    assert not foreign.is_ticked
    assert Ticket.objects.get(pk=ticket.pk).state == "closed"


def test_checklist_of_a_closed_ticket_stays_as_it_is():
    ticket = resolved()
    line = line_of(ticket)
    delivered(ticket)

    with pytest.raises(MoveNotAllowed):
        actions.tick_line(line=line, by=ticket.responsible, at=LATER)
