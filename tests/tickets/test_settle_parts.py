"""Whoever tells the client of the whole is asked about every open part, and each client is told by itself."""

import datetime as dt

import pytest

from common.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tests.tickets.jira.outbox import jira_site
from tickets import actions
from tickets.models import Delivery, JiraCall, Ticket
from tickets.queries import answers_to_deliver, moved_of
from tickets.queries.parts import open_parts

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LATER = MONDAY_TEN + 3 * HOUR


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


def version_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).version


def state_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def whole_with(*parts, client=None, **more):
    whole = resolved(client=client or ClientFactory(email="suur@example.ee"), **more)
    for part in parts:
        actions.make_part_of(
            ticket=part, whole=whole, version=version_of(part), by=part.responsible, at=MONDAY_TEN
        )
    return whole


def told(whole, parts, channel="phone", **more):
    return actions.deliver_solution(
        ticket=whole, version=version_of(whole), channel=channel, text="Lukustus on maas.",
        parts=parts, by=whole.responsible, at=LATER, **more,
    )  # fmt: skip


def test_nothing_is_told_while_a_part_was_not_asked_about(specialist):
    part = raised(responsible=specialist)
    whole = whole_with(part, responsible=specialist)

    with pytest.raises(actions.PartsNotAsked):
        told(whole, {})

    assert (state_of(whole), state_of(part)) == ("resolved", "raised")
    assert not Delivery.objects.exists()


def test_each_client_is_told_by_a_delivery_of_its_own(specialist):
    part = raised(responsible=specialist, client=ClientFactory(email="teine@example.ee"))
    whole = whole_with(part, responsible=specialist)

    told(whole, {part.pk: "mail"})

    part.refresh_from_db()
    assert (state_of(whole), part.state, part.solution) == ("closed", "closed", whole.solution)
    kept = Delivery.objects.order_by("pk").values_list("ticket", "channel", "text", "by")
    assert list(kept) == [
        (whole.pk, "phone", "Lukustus on maas.", specialist.pk),
        (part.pk, "email", "Lukustus on maas.", specialist.pk),
    ]
    letter = OutgoingMail.objects.get(key__startswith="tickets.client")
    assert (letter.to, part.number in letter.subject) == ("teine@example.ee", True)
    assert whole.events.get(what="parts_asked").parameters["told"] == part.number


def test_same_client_gets_one_letter_and_two_records(specialist):
    client = ClientFactory(email="suur@example.ee")
    part = raised(responsible=specialist, client=client)
    whole = whole_with(part, responsible=specialist, client=client)

    told(whole, {part.pk: "told"}, channel="email")

    assert Delivery.objects.filter(channel="email").count() == 2
    assert OutgoingMail.objects.filter(key__startswith="tickets.client").count() == 1


def test_another_client_has_not_read_the_letter_to_this_one(specialist):
    part = raised(responsible=specialist, client=ClientFactory())
    whole = whole_with(part, responsible=specialist)

    with pytest.raises(actions.PartToBeWritten):
        told(whole, {part.pk: "told"}, channel="email")

    assert (state_of(whole), state_of(part)) == ("resolved", "raised")


def test_told_later_it_stands_among_the_answers_to_deliver(specialist):
    later, left = raised(responsible=specialist), raised(responsible=specialist)
    whole = whole_with(later, left, responsible=specialist)

    told(whole, {later.pk: "later", left.pk: "leave"})

    assert list(answers_to_deliver(specialist)) == [later]
    assert state_of(left) == "raised"
    assert whole.events.get(what="parts_asked").parameters == {
        "told": "", "later": later.number, "left": left.number,
    }  # fmt: skip
    assert left in moved_of(specialist)  # its whole was closed, and it was not


def test_whole_that_stays_open_leaves_its_told_parts_open(specialist):
    part = raised(responsible=specialist)
    whole = whole_with(part, responsible=specialist)

    told(whole, {part.pk: "told"}, closes=False)
    assert (state_of(whole), state_of(part)) == ("told", "told")


def test_closing_asks_too_and_passes_on_what_was_told_last(specialist):
    part = raised(responsible=specialist)
    whole = whole_with(part, responsible=specialist)
    told(whole, {part.pk: "leave"}, closes=False)
    close = {"ticket": whole, "by": specialist, "at": LATER + HOUR}

    with pytest.raises(actions.PartsNotAsked):
        actions.close_ticket(version=version_of(whole), **close)
    assert (
        actions.close_tickets(tickets=[Ticket.objects.get(pk=whole.pk)], by=specialist, at=LATER)
        == []
    )
    actions.close_ticket(version=version_of(whole), parts={part.pk: "told"}, **close)

    assert (state_of(whole), state_of(part)) == ("closed", "closed")
    assert Delivery.objects.get(ticket=part).text == "Lukustus on maas."


def test_parts_that_one_may_not_change_are_named_and_not_touched(specialist):
    others, draft = raised(), TicketFactory(responsible=specialist)
    sent_back = raised(responsible=specialist)
    actions.send_ticket_back(
        ticket=sent_back, reason="ei ole meie", by=solver_of(sent_back.group), at=MONDAY_TEN
    )
    whole = whole_with(others, draft, sent_back, responsible=specialist)

    assert [one.choices for one in open_parts(whole, by=specialist)] == [(), (), ()]
    told(whole, {})

    assert [state_of(one) for one in (whole, others, draft, sent_back)] == [
        "closed", "raised", "draft", "rejected",
    ]  # fmt: skip


def test_closing_many_leaves_a_whole_with_an_open_part_for_its_own_page(specialist):
    others = raised()
    whole, alone = whole_with(others, responsible=specialist), resolved(responsible=specialist)
    for one in (whole, alone):
        told(one, {}, closes=False)
    many = list(Ticket.objects.filter(pk__in=[whole.pk, alone.pk]))

    closed = actions.close_tickets(tickets=many, by=specialist, at=LATER)

    assert [one.pk for one in closed] == [alone.pk]
    assert state_of(whole) == "told"


def test_quiet_days_close_the_whole_and_tell_whoever_answers_for_an_open_part(specialist):
    part = raised(responsible=specialist)
    whole = whole_with(part, responsible=specialist)
    told(whole, {part.pk: "leave"}, closes=False)
    Ticket.objects.update(seen_at=LATER + HOUR)

    actions.close_quiet_tickets(at=LATER + 60 * DAY)

    assert (state_of(whole), state_of(part)) == ("closed", "raised")
    assert part.events.get(what="whole_closed").parameters == {"number": whole.number}
    assert list(moved_of(specialist)) == [part]


def test_tier_two_in_jira_hears_that_the_part_was_solved_with_the_whole(specialist, data_center):
    whole = resolved(responsible=specialist)
    jira_site(data_center)
    part = raised(responsible=specialist)
    actions.make_part_of(
        ticket=part, whole=whole, version=part.version, by=specialist, at=MONDAY_TEN
    )

    told(whole, {part.pk: "told"})

    owed = JiraCall.objects.filter(ticket=part).order_by("pk").values_list("kind", flat=True)
    assert list(owed) == ["create", "link", "comment", "close"]
    assert whole.number in part.comments.get(kind="tier2").text
