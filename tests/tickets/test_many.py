"""One step with many tickets: what is done and what is left is told by number."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tickets import actions
from tickets.models import Ticket, TicketGroup, TicketWatch
from tickets.views.many import MOST_AT_ONCE

pytestmark = pytest.mark.django_db
HAND_OVER = reverse("tickets:hand_over_many")
WATCH = reverse("tickets:watch_many")
ASSIGN = reverse("tickets:assign_many")
CLOSE = reverse("tickets:close_many")


def told(*, closes=False, **fields):
    ticket = resolved(**fields)
    return actions.deliver_solution(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, channel="phone",
        text="Ütlesin.", closes=closes, by=ticket.responsible, at=MONDAY_TEN + dt.timedelta(hours=2),
    )  # fmt: skip


def said(client, where, typed):
    """What the page says after the step, as numbers: what was done, and what was left."""
    answer = client.post(where, typed, follow=True)
    [message] = answer.context["messages"]
    return message


def figures(message):
    return [int(word) for word in str(message).replace(",", " ").split() if word.isdecimal()]


def chosen(*tickets):
    return {"ticket": [ticket.pk for ticket in tickets]}


def login(client, role):
    user = UserFactory(role=role)
    client.force_login(user)
    return user


def test_absent_colleagues_tickets_are_all_handed_over_from_the_list(client):
    absent, heir = UserFactory(role="specialist"), UserFactory(role="specialist", last_name="Kuusk")
    open_ones = [raised(responsible=absent), resolved(responsible=absent), told(responsible=absent)]
    ended, other = told(responsible=absent, closes=True), raised()
    coordinator = login(client, "coordinator")

    message = said(
        client,
        f"{HAND_OVER}?list=all&responsible={absent.pk}",
        {"whole": "on", "to": heir.pk, "reason": "haigus"},
    )

    assert figures(message) == [3, 1]
    assert set(Ticket.objects.filter(responsible=heir)) == set(open_ones)
    assert Ticket.objects.get(pk=ended.pk).responsible == absent
    assert Ticket.objects.get(pk=other.pk).responsible != heir
    event = open_ones[0].events.get(what="handed_over")
    assert (event.by, event.reason) == (coordinator, "haigus")


def test_chosen_ones_alone_are_handed_over_and_the_list_stays(client):
    heir = UserFactory(role="specialist")
    one, two = raised(), raised()
    login(client, "coordinator")

    answer = client.post(
        f"{HAND_OVER}?list=all&state=raised", chosen(one) | {"to": heir.pk, "reason": "puhkus"}
    )

    assert answer.url == reverse("tickets:list") + "?list=all&state=raised"
    assert Ticket.objects.get(pk=one.pk).responsible == heir
    assert Ticket.objects.get(pk=two.pk).responsible != heir


@pytest.mark.parametrize(
    "typed",
    [{"to": "", "reason": "haigus"}, {"to": "nonsense", "reason": "x"}, {"reason": " "}],
    ids=["nobody", "nonsense", "no reason"],
)
def test_hand_over_without_a_person_or_a_reason_moves_nothing(client, typed):
    ticket, heir = raised(), UserFactory(role="specialist")
    login(client, "coordinator")

    message = said(client, HAND_OVER, chosen(ticket) | {"to": heir.pk} | typed)

    assert message.level_tag == "error"
    assert Ticket.objects.get(pk=ticket.pk).responsible == ticket.responsible


def test_nobody_becomes_responsible_who_raises_no_tickets(client):
    ticket, solver = raised(), UserFactory(role="solver")
    login(client, "coordinator")

    message = said(client, HAND_OVER, chosen(ticket) | {"to": solver.pk, "reason": "haigus"})

    assert message.level_tag == "error"
    assert Ticket.objects.get(pk=ticket.pk).responsible == ticket.responsible


def test_specialist_hands_over_own_tickets_and_what_is_not_hers_is_named_and_left(client):
    heir, me = UserFactory(role="specialist"), login(client, "specialist")
    own = [raised(responsible=me), raised(responsible=me)]
    others = raised()

    message = said(
        client, HAND_OVER, chosen(*own, others) | {"to": heir.pk, "reason": "teine valdkond"}
    )

    assert set(Ticket.objects.filter(responsible=heir)) == set(own)
    assert Ticket.objects.get(pk=others.pk).responsible == others.responsible
    assert str(others) in str(message)
    assert not any(str(one) in str(message) for one in own)
    event = own[0].events.get(what="handed_over")
    assert (event.by, event.reason, event.parameters["former"]) == (me, "teine valdkond", me.pk)


def test_whole_list_of_a_specialist_leaves_the_tickets_of_others(client):
    heir, me = UserFactory(role="specialist"), login(client, "specialist")
    own, others = raised(responsible=me), [raised() for _ in range(12)]

    message = said(
        client, f"{HAND_OVER}?list=all", {"whole": "on", "to": heir.pk, "reason": "puhkus"}
    )

    assert list(Ticket.objects.filter(responsible=heir)) == [own]
    assert sum(str(one) in str(message) for one in others) == 10
    assert str(message).endswith("…")


def test_handing_over_and_assigning_are_not_everybodys(client):
    login(client, "solver")
    assert client.post(HAND_OVER, {}).status_code == 403

    login(client, "specialist")
    assert client.post(ASSIGN, {}).status_code == 403


def test_chosen_tickets_are_watched_once(client):
    one, two = raised(), raised()
    me = login(client, "specialist")
    actions.watch_ticket(ticket=one, by=me)

    message = said(client, WATCH, chosen(one, two))

    assert figures(message) == [2]
    assert TicketWatch.objects.filter(user=me).count() == 2


def test_solver_gives_tickets_to_a_colleague_of_the_group(client):
    one, two = raised(), raised()
    colleague = UserFactory(role="solver", last_name="Kuusk")
    one.group.members.add(colleague)
    Ticket.objects.filter(pk=two.pk).update(group=TicketGroup.objects.get(code="VALDKOND"))
    me = login(client, "solver")
    for group in TicketGroup.objects.all():
        group.members.add(me)

    message = said(client, ASSIGN, chosen(one, two) | {"solver": colleague.pk})

    assert figures(message) == [1, 1]
    one.refresh_from_db()
    assert (one.assignee, one.state) == (colleague, "in_progress")
    assert Ticket.objects.get(pk=two.pk).assignee is None


def test_solver_cannot_touch_a_ticket_of_another_group(client):
    ticket = raised()
    colleague = solver_of(ticket.group)
    login(client, "solver")

    message = said(client, ASSIGN, chosen(ticket) | {"solver": colleague.pk})

    assert message.level_tag == "warning"
    assert Ticket.objects.get(pk=ticket.pk).assignee is None


def test_those_whose_client_was_told_are_closed_and_the_others_stay(client):
    me = login(client, "specialist")
    done, not_told = told(responsible=me), resolved(responsible=me)
    others = told()

    message = said(client, CLOSE, chosen(done, not_told, others))

    assert figures(message) == [1, 1]  # a colleague's is not even tried
    assert Ticket.objects.get(pk=done.pk).state == "closed"
    assert Ticket.objects.get(pk=not_told.pk).state == "resolved"
    assert Ticket.objects.get(pk=others.pk).state == "told"


@pytest.mark.parametrize("typed", [{}, {"ticket": ["nonsense", "99999999"]}])
def test_nothing_chosen_is_said(client, typed):
    TicketFactory()
    login(client, "specialist")

    message = said(client, WATCH, typed)

    assert message.level_tag == "warning"
    assert not TicketWatch.objects.exists()


def test_what_goes_beyond_the_bound_is_said(client, monkeypatch):
    monkeypatch.setattr("tickets.views.many.MOST_AT_ONCE", 2)
    for _ in range(3):
        raised()
    login(client, "specialist")

    message = said(client, f"{WATCH}?list=all", {"whole": "on"})

    assert MOST_AT_ONCE == 1_000
    assert TicketWatch.objects.count() == 2
    assert "2" in str(message).split(".")[-2]


def test_steps_are_posted(client):
    login(client, "coordinator")

    assert {client.get(where).status_code for where in (HAND_OVER, WATCH, CLOSE)} == {405}
