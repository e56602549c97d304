"""The team board: every column counts the list that it leads to."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.tickets import raised, resolved, solver_of
from tests.htmx import soup
from tickets import actions
from tickets.models import Ticket, TicketGroup
from tickets.queries import COLUMNS

pytestmark = pytest.mark.django_db
BOARD = reverse("tickets:board")


def one_in_each_column(me, at):
    group = TicketGroup.objects.get(code="IT")
    solver = solver_of(group)
    steps = {
        "raised": lambda ticket: None,
        "begun": lambda ticket: actions.assign_ticket(ticket=ticket, to=solver, by=solver, at=at),
        "asks": lambda ticket: actions.ask_about_ticket(ticket=ticket, text="Mis?", by=solver, at=at),
        "back": lambda ticket: actions.send_ticket_back(ticket=ticket, reason="ei", by=solver, at=at),
        "waits": lambda ticket: actions.ask_client(
            ticket=ticket, text="Mis kell?", by_mail=False, by=me, at=at
        ),
    }  # fmt: skip
    for step in steps.values():
        step(raised(responsible=me, at=at))
    resolved(responsible=me, at=at)
    ticket = resolved(at=at)
    actions.deliver_solution(
        ticket=ticket, version=Ticket.objects.get(pk=ticket.pk).version, channel="phone",
        text="Ütlesin.", closes=False, by=ticket.responsible, at=at,
    )  # fmt: skip
    return group


@pytest.mark.parametrize("role", ["specialist", "coordinator", "solver"])
@pytest.mark.parametrize("whose", ["all", "mine", "group", "assigned"])
def test_every_column_counts_the_list_that_it_leads_to(client, role, whose):
    me = UserFactory(role=role)
    group = one_in_each_column(me, timezone.now() - dt.timedelta(days=3))
    group.members.add(me)
    raised(at=timezone.now())
    client.force_login(me)

    columns = client.get(BOARD, {"list": whose}).context["columns"]

    assert len(columns) == len(COLUMNS)
    for one in columns:
        listed = client.get(one["address"])
        assert one["column"].count == listed.context["count"]
        assert {line.pk for line in one["lines"]} == {line.pk for line in listed.context["lines"]}
        assert one["lines"] == sorted(one["lines"], key=lambda line: line.number)


def test_all_open_tickets_stand_in_some_column(client):
    me = UserFactory(role="coordinator")
    one_in_each_column(me, timezone.now())
    client.force_login(me)

    columns = client.get(BOARD).context["columns"]

    assert [one["column"].count for one in columns] == [1, 1, 2, 1, 1, 1]
    assert sum(one["column"].count for one in columns) == Ticket.objects.open().count()


def test_board_of_one_group_holds_no_other(client):
    ticket, other = raised(), raised()
    Ticket.objects.filter(pk=other.pk).update(group=TicketGroup.objects.get(code="VALDKOND"))
    client.force_login(UserFactory(role="specialist"))

    first = client.get(BOARD, {"group": ticket.group_id}).context["columns"][0]

    assert [line.pk for line in first["lines"]] == [ticket.pk]
    listed = client.get(first["address"]).context
    assert [line.pk for line in listed["lines"]] == [ticket.pk]


@pytest.mark.parametrize("count", [1, 30])
def test_board_costs_the_same_for_any_number_and_cuts_its_columns(
    client, count, django_assert_max_num_queries
):
    me = UserFactory(role="specialist")
    for _ in range(count):
        raised(responsible=me)
    client.force_login(me)
    client.get(BOARD)

    with django_assert_max_num_queries(7):
        answer = client.get(BOARD)

    first = answer.context["columns"][0]
    assert first["column"].count == count
    assert len(first["lines"]) == min(count, 8)
    more = soup(answer).select(".board footer a")
    assert [link["href"] for link in more] == [first["address"]] * (count > 8)


def test_board_is_closed_to_those_who_have_nothing_to_do_with_tickets(client):
    client.force_login(UserFactory(role="counter"))

    assert client.get(BOARD).status_code == 403
