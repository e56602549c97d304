"""Two people, or a person and a mail, at the same moment, in processes of their own."""

import datetime as dt
import uuid

import pytest

from common.mail_states import MailState
from common.models import OutgoingMail
from inquiries.models import Inquiry
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import group_named, raised, resolved, solver_of
from tests.two_processes import at_once
from tickets import actions
from tickets.models import Delivery, Ticket, TicketComment, TicketEvent

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)
LATER = MONDAY_TEN + 2 * HOUR


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def merging(ticket, into):
    version = fresh(ticket).version
    return lambda: (
        actions.merge_tickets(
            ticket=ticket, into=into, version=version, reason="sama", by=ticket.responsible, at=LATER
        ),
        "merged",
    )[1]  # fmt: skip


def telling(ticket, **more):
    version = fresh(ticket).version
    return lambda: (
        actions.deliver_solution(
            ticket=ticket, version=version, channel="phone", text="Ütlesin.",
            by=ticket.responsible, at=LATER, **more,
        ),
        "told",
    )[1]  # fmt: skip


def test_two_merged_into_one_another_leave_one_that_goes_on():
    client = ClientFactory()
    one, two = raised(client=client), raised(client=client)

    found = at_once(merging(one, two), merging(two, one))

    assert found.count("merged") == 1, found
    assert sorted([fresh(one).state, fresh(two).state]) == ["merged", "raised"]


def test_ring_of_three_leaves_one_that_goes_on():
    client = ClientFactory()
    one, two, three = (raised(client=client) for _ in range(3))

    found = at_once(merging(one, two), merging(two, three), merging(three, one))

    assert set(found) <= {"merged", "CannotTakeIn", "StaleSave", "MoveNotAllowed"}, found
    roots = [one.survivor for one in Ticket.objects.select_related("merged_into")]
    assert all(root.state != "merged" for root in roots)
    assert "merged" in found


def test_client_is_told_or_the_merge_comes_first():
    client = ClientFactory()
    inquiry = InquiryFactory(client=client)
    ticket, into = raised(client=client, inquiry=inquiry), resolved(client=client)

    found = at_once(merging(ticket, into), telling(into))

    assert found in (["merged", "StaleSave"], ["CannotTakeIn", "told"]), found
    assert Inquiry.objects.get().state == "with_tier2"
    assert Delivery.objects.count() == (found[1] == "told")


def test_reply_to_a_merged_one_while_all_of_them_are_merged_on_and_taken_apart():
    client = ClientFactory()
    families = []
    for _number in range(12):
        low, ticket, into = (raised(client=client) for _ in range(3))
        merging(low, ticket)()
        families.append((low, ticket, into))

    def merge_all():
        for _low, ticket, into in families:
            merging(ticket, into)()
            actions.undo_merge(
                ticket=ticket, version=fresh(ticket).version, reason="viga",
                by=ticket.responsible, at=LATER,
            )  # fmt: skip
        return "done"

    def reply_to_all():
        for low, _ticket, _into in families:
            for number in range(4):
                actions.hear_from_client(
                    ticket=low, text="Ikka ei", by=None, at=LATER, remote_id=f"mail:{number}"
                )
        return "done"

    assert at_once(merge_all, reply_to_all) == ["done", "done"]
    assert TicketComment.objects.filter(text="Ikka ei").count() == 48
    for low, ticket, _into in families:
        assert fresh(low).merged_into == ticket


def test_one_of_two_takes_it_and_the_other_hears_who():
    ticket = raised()
    solvers = [solver_of(ticket.group) for _ in range(2)]

    def taker(solver):
        return lambda: (
            actions.take_ticket(ticket=ticket, seen=0, by=solver, at=LATER),
            "taken",
        )[1]

    found = at_once(*[taker(one) for one in solvers])

    assert sorted(found) == ["TakenMeanwhile", "taken"]
    assert fresh(ticket).assignee == solvers[found.index("taken")]


def test_ticket_goes_to_another_group_or_is_solved_and_never_both():
    ticket = raised()
    solver, version = solver_of(ticket.group), ticket.version
    group = group_named("VALDKOND")

    def regroup():
        actions.regroup_ticket(
            ticket=ticket, version=version, group=group, reason="nende oma",
            by=ticket.responsible, at=LATER,
        )  # fmt: skip
        return "moved"

    def solve():
        actions.resolve_ticket(ticket=ticket, solution="Korras.", by=solver, at=LATER)
        return "solved"

    found = at_once(regroup, solve)

    assert "solved" in found
    assert fresh(ticket).state == "resolved"
    assert TicketComment.objects.filter(text="Korras.").count() == 1


def test_part_that_comes_while_the_client_is_told_is_asked_about_or_hears_of_the_end():
    whole, part = resolved(), raised()
    version = part.version

    def add():
        actions.make_part_of(
            ticket=part, whole=whole, version=version, by=whole.responsible, at=LATER
        )
        return "part"

    found = at_once(add, telling(whole))

    assert set(found) <= {"part", "told", "MoveNotAllowed", "PartsNotAsked"}, found
    if found == ["part", "told"]:
        assert TicketEvent.objects.filter(ticket=part, what="whole_closed").exists()


def test_undone_twice_at_once_is_undone_once():
    client = ClientFactory()
    ticket, into = raised(client=client), raised(client=client)
    merging(ticket, into)()
    version = fresh(ticket).version

    def undo():
        actions.undo_merge(
            ticket=ticket, version=version, reason="viga", by=ticket.responsible, at=LATER
        )
        return "undone"

    assert sorted(at_once(undo, undo)) == ["NotMerged", "undone"]


def test_draft_kept_by_two_requests_at_once_is_one():
    key, user = uuid.uuid4(), raised().responsible

    def begin():
        return actions.open_ticket(key=key, by=user, at=LATER).pk

    first, second = at_once(begin, begin)

    assert first == second


def test_lost_letter_is_told_once():
    ticket = resolved(client=ClientFactory(email="klient@example.ee"))
    actions.deliver_solution(
        ticket=ticket, version=fresh(ticket).version, channel="email", text="Korras.",
        by=ticket.responsible, at=LATER,
    )  # fmt: skip
    OutgoingMail.objects.update(state=MailState.RETURNED, sent_at=LATER)

    def tell():
        return actions.tell_lost_letters(at=LATER + HOUR)

    assert sorted(at_once(tell, tell)) == [0, 1]
    assert fresh(ticket).state == "resolved"


def test_matter_split_off_by_a_second_press_is_one_draft():
    ticket, key = raised(), uuid.uuid4()
    version = ticket.version

    def split():
        return actions.split_ticket(
            ticket=ticket, key=key, version=version, points=["Teine mure"], comments=[],
            is_part=False, by=ticket.responsible, at=LATER,
        ).pk  # fmt: skip

    first, second = at_once(split, split)

    assert first == second
