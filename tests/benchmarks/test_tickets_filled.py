"""The benchmark's tickets, a handful of them: whole stories that the application itself could have written."""

import datetime as dt
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from benchmarks.tickets_filled import fill_tickets
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import TopicFactory
from tickets.models import JiraLink, Ticket, TicketComment, TicketWords
from tickets.queries import holding_words
from tickets.states import ENDED

pytestmark = pytest.mark.django_db
COUNT, LINKED = 80, 3


@pytest.fixture
def filled():
    UserFactory(role="specialist")
    ClientFactory()
    TopicFactory(tier2_group="IT")
    at = timezone.now()
    fill_tickets(COUNT, LINKED, at, Random(7))
    return at


def test_most_have_ended_and_those_in_jira_stand_beside(filled):
    drawn = Ticket.objects.exclude(jira_links__isnull=False)

    assert drawn.count() == COUNT
    assert TicketComment.objects.filter(ticket__in=drawn).count() == COUNT * 5
    assert drawn.exclude(state__in=ENDED).count() == COUNT // 4
    assert JiraLink.objects.filter(is_current=True, ticket__link_state="linked").count() == LINKED
    assert Ticket.objects.filter(started_at__gt=filled - dt.timedelta(minutes=1)).count() == 0


def test_they_are_found_by_what_they_say(filled):
    ticket = Ticket.objects.exclude(number="").order_by("pk").first()
    specialist = UserFactory(role="specialist")

    found = holding_words(Ticket.objects.all(), ticket.facts["permit_number"], by=specialist)

    assert ticket in found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="copied within PostgreSQL")
def test_each_drawn_ticket_becomes_many_with_all_that_belongs_to_it(monkeypatch):
    monkeypatch.setattr("benchmarks.tickets_filled.DRAWN", COUNT)
    UserFactory(role="specialist")  # and no client: those of the benchmark are numbered from one
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the test is one transaction

    fill_tickets(COUNT * 3, LINKED, timezone.now(), Random(7))

    drawn = Ticket.objects.filter(jira_links__isnull=True)
    assert drawn.count() == COUNT * 3
    assert TicketComment.objects.filter(ticket__in=drawn).count() == COUNT * 3 * 5
    numbers = set(drawn.exclude(number="").values_list("number", flat=True))
    assert len(numbers) == drawn.exclude(number="").count()
    assert TicketWords.objects.filter(ticket__in=drawn).count() == COUNT * 3
