"""A ticket is a part of another: one level, no circles."""

import pytest

from common.models import StaleSave
from common.states import MoveNotAllowed
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised
from tickets import actions
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def part_of(ticket, whole, **more):
    version = Ticket.objects.get(pk=ticket.pk).version
    words = {"version": version, "by": ticket.responsible, "at": MONDAY_TEN} | more
    return actions.make_part_of(ticket=ticket, whole=whole, **words)


def test_part_names_its_whole_and_both_say_so():
    ticket, whole = raised(), raised()

    part_of(ticket, whole)

    assert list(whole.children.all()) == [ticket]
    assert ticket.events.get(what="part_of").parameters == {"number": whole.number}
    assert whole.events.get(what="part_added").parameters == {"number": ticket.number}


def test_parts_go_one_level_deep_so_there_is_no_circle():
    ticket, whole, third = raised(), raised(), raised()
    part_of(ticket, whole)

    with pytest.raises(actions.SameTicket):
        part_of(third, third)
    with pytest.raises(actions.PartAlready):  # a circle
        part_of(whole, ticket)
    with pytest.raises(actions.PartAlready):  # a part of a part
        part_of(third, ticket)
    with pytest.raises(actions.PartAlready):  # two wholes
        part_of(ticket, third)
    with pytest.raises(actions.HasParts):
        part_of(whole, third)


def test_what_has_ended_is_no_part_and_a_stale_page_makes_none():
    ticket, whole = raised(), raised()
    with pytest.raises(StaleSave):
        part_of(ticket, whole, version=9)
    actions.cancel_ticket(
        ticket=whole, version=whole.version, reason="lahenes", by=whole.responsible, at=MONDAY_TEN
    )

    with pytest.raises(MoveNotAllowed):
        part_of(ticket, whole)

    assert Ticket.objects.get(pk=ticket.pk).parent is None


def test_part_is_taken_out_once():
    ticket, whole = raised(), raised()
    part_of(ticket, whole)

    for _time in range(2):
        actions.take_out(
            ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version,
            by=ticket.responsible, at=MONDAY_TEN,
        )  # fmt: skip

    assert not whole.children.exists()
    assert ticket.events.filter(what="taken_out").count() == 1
    assert whole.events.filter(what="part_taken_out").count() == 1
