"""Two tickets say on their pages that they have to do with each other."""

import pytest

from common.models import StaleSave
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised
from tickets import actions
from tickets.models import Ticket, TicketRelation

pytestmark = pytest.mark.django_db


def related(ticket, other, kind="related", **more):
    version = Ticket.objects.get(pk=ticket.pk).version
    words = {"version": version, "by": ticket.responsible, "at": MONDAY_TEN} | more
    return actions.relate_tickets(ticket=ticket, other=other, kind=kind, **words)


def test_relation_stands_in_both_stories_and_changes_nothing_else():
    ticket, other = raised(), raised()

    related(ticket, other, "duplicate")

    relation = TicketRelation.objects.get()
    assert (relation.ticket, relation.other, relation.kind) == (ticket, other, "duplicate")
    for one, another in ((ticket, other), (other, ticket)):
        event = one.events.get(what="related")
        assert event.parameters == {"number": another.number, "kind": "duplicate"}
        one.refresh_from_db()
        assert one.state == "raised"


def test_one_relation_between_two_whichever_way_it_is_said():
    ticket, other = raised(), raised()
    related(ticket, other)

    with pytest.raises(actions.LinkedAlready):
        related(other, ticket, "duplicate")
    with pytest.raises(actions.SameTicket):
        related(ticket, ticket)


def test_stale_page_relates_nothing():
    ticket, other = raised(), raised()

    with pytest.raises(StaleSave):
        related(ticket, other, version=ticket.version + 5)

    assert not TicketRelation.objects.exists()


def test_relation_is_removed_from_either_end_and_once():
    ticket, other = raised(), raised()
    related(ticket, other)

    for _time in range(2):
        actions.unrelate_tickets(
            ticket=other, other=ticket, version=Ticket.objects.get(pk=other.pk).version,
            by=other.responsible, at=MONDAY_TEN,
        )  # fmt: skip

    assert not TicketRelation.objects.exists()
    assert ticket.events.filter(what="unrelated").count() == 1
