"""Tickets on my day, in the search, on the client's card and beside a call."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tests.htmx import soup
from tickets import actions
from tickets.models import Ticket
from workspace.navigation import links_for
from workspace.queries.my_day import cards_for
from workspace.queries.search import search_everywhere
from workspace.queries.tickets import tickets_of

pytestmark = pytest.mark.django_db


def cards(user):
    found = {card.key: card for card in cards_for(user, timezone.now())}
    return {key: card for key, card in found.items() if key.startswith("tickets-")}


def world(me):
    """Something on every list of tickets."""
    at = timezone.now() - dt.timedelta(days=10)
    ticket = raised(responsible=me, at=at)
    ticket.group.members.add(me)
    solver = solver_of(ticket.group)
    asked = raised(responsible=me, at=at)
    actions.ask_about_ticket(ticket=asked, text="Mis brauser?", by=solver, at=at)
    resolved(responsible=me, at=at)
    TicketFactory(responsible=me, started_at=at)
    taken = raised(at=at)
    actions.assign_ticket(ticket=taken, to=me, by=solver, at=at)
    actions.watch_ticket(ticket=taken, by=me)
    Ticket.objects.filter(pk=raised(at=at).pk).update(link_state="failed")


CARDS = {
    "specialist": ["deliver", "moved", "asks", "silent", "drafts", "watched"],
    "coordinator": ["deliver", "moved", "asks", "silent", "drafts", "watched", "overdue", "trouble"],
    "solver": ["new", "assigned", "watched"],
}  # fmt: skip


@pytest.mark.parametrize("role", CARDS)
def test_each_card_counts_the_list_that_it_leads_to(client, role):
    me = UserFactory(role=role)
    world(me)
    client.force_login(me)

    found = cards(me)

    assert [key.removeprefix("tickets-") for key in found] == CARDS[role]
    for key, card in found.items():
        listed = client.get(card.url).context
        assert f"tickets-{listed['current'].code}" == key
        assert card.count == listed["count"] > 0
        assert not card.lines or card.lines[0].url == listed["lines"][0].address


def test_others_have_no_cards_of_tickets():
    assert [cards(UserFactory(role=role)) for role in ("counter", "auditor", "unit_head")] == [
        {}
    ] * 3


def test_card_opens_and_my_day_shows_it(client):
    me = UserFactory(role="specialist")
    ticket = resolved(responsible=me)
    client.force_login(me)

    page = soup(client.get(reverse("workspace:my_day")))

    assert reverse("tickets:ticket", args=[ticket.pk]) in [a.get("href") for a in page.select("a")]


def test_nothing_waits_is_not_said_beside_a_figure_that_waits(client):
    client.force_login(UserFactory(role="coordinator"))
    where = reverse("workspace:my_day")
    assert soup(client.get(where)).select_one(".day .empty")

    ticket = raised()
    Ticket.objects.filter(pk=ticket.pk).update(due_at=timezone.now() - dt.timedelta(hours=1))

    assert not soup(client.get(where)).select_one(".day .empty")


@pytest.mark.parametrize(
    ("role", "is_there"),
    [("specialist", True), ("coordinator", True), ("solver", True), ("counter", False), ("administrator", False)],
)  # fmt: skip
def test_rail_leads_to_tickets_for_whoever_may_see_them(role, is_there):
    here = links_for(UserFactory(role=role), "/tickets/board/")

    assert (reverse("tickets:list") in {link.url for link in here}) is is_there
    assert any(link.is_current for link in here) is is_there


def found(text, user):
    groups = search_everywhere(text, user)
    return next(([hit.title for hit in one.hits] for one in groups if one.icon == "ticket"), [])


def test_ticket_is_found_by_its_number_and_by_its_words():
    me = UserFactory(role="specialist")
    ticket = raised(description="Klient ei leia loataotluse eelnõu, ekraan jääb valgeks.")
    raised()
    TicketFactory(description="Eelnõu mustand", responsible=me)

    assert found(ticket.number.lower(), me) == [ticket.number]
    assert found("eelnõud", me) == [ticket.number]


def test_solver_finds_no_ticket_of_another_group():
    ticket = raised()

    assert found(ticket.number, UserFactory(role="solver")) == []
    assert found(ticket.number, solver_of(ticket.group)) == [ticket.number]
    assert found(ticket.number, UserFactory(role="counter")) == []


def test_tickets_of_the_caller_stand_beside_the_call_open_ones_first(client):
    me = UserFactory(role="specialist")
    person = ClientFactory()
    open_one, ended = raised(client=person), raised(client=person)
    actions.cancel_ticket(
        ticket=ended, version=Ticket.objects.get(pk=ended.pk).version, reason="sai ise",
        by=ended.responsible, at=timezone.now(),
    )  # fmt: skip
    TicketFactory(client=person)
    raised()
    client.force_login(me)

    page = soup(client.get(reverse("workspace:tickets", args=[person.pk])))

    assert [line.number for line in tickets_of(person.family_ids(), by=me, at=timezone.now())] == [
        open_one.number,
        ended.number,
    ]
    assert len(page.select("li")) == 2
    assert page.select_one("a")["target"] == "_blank"


def test_card_of_a_client_shows_tickets_to_whoever_may_see_them(client):
    person = ClientFactory()
    ticket = raised(client=person)
    dealings = reverse("workspace:dealings", args=[person.pk])

    client.force_login(UserFactory(role="specialist"))
    assert ticket.summary in client.get(dealings).content.decode()
    client.force_login(UserFactory(role="counter"))
    assert ticket.summary not in client.get(dealings).content.decode()
    assert client.get(reverse("workspace:tickets", args=[person.pk])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_part_beside_a_call_costs_the_same_for_any_number(
    client, count, django_assert_max_num_queries
):
    person = ClientFactory()
    for _ in range(count):
        raised(client=person)
    client.force_login(UserFactory(role="specialist"))
    where = reverse("workspace:tickets", args=[person.pk])
    client.get(where)

    with django_assert_max_num_queries(7):
        client.get(where)
