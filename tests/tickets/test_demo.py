import time
from random import Random

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import TopicFactory
from tickets.demo import STORIES, create_tickets
from tickets.models import Delivery, Ticket, TicketComment, TicketGroup
from tickets.queries import count_lists, silent
from tickets.states import TicketState

pytestmark = pytest.mark.django_db


def test_demo_has_tickets_in_every_state_and_is_made_once():
    specialists = [UserFactory(role="specialist") for _ in range(3)]
    solvers = [UserFactory(role="solver") for _ in range(2)]
    ClientFactory()
    TopicFactory(tier2_group="IT")
    now = timezone.now()

    began = time.perf_counter()
    made = create_tickets(at=now, rng=Random(1))
    seconds = time.perf_counter() - began
    again = create_tickets(at=now, rng=Random(1))

    assert (len(made), again) == (len(STORIES), [])
    assert set(Ticket.objects.values_list("state", flat=True)) == {*TicketState}
    assert set(TicketGroup.objects.values_list("members", flat=True)) == {one.pk for one in solvers}
    assert Delivery.objects.count() >= 9
    assert TicketComment.objects.count() > 30
    assert Ticket.objects.open().overdue(now).count() >= 3
    assert silent(now).count() >= 2
    assert all(sum(count_lists(one, now).values()) > 5 for one in specialists)
    assert not Ticket.objects.filter(moved_at__gt=now).exists()
    assert seconds < 10  # two seconds on a quiet machine
