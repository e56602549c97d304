import datetime as dt
from functools import partial

import factory
from django.apps import apps
from factory.django import DjangoModelFactory

from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.knowledge import TopicFactory
from tickets import actions
from tickets.first_groups import write_first_groups
from tickets.models import Ticket, TicketGroup

IT_FACTS = {
    "system": "KOTKAS",
    "screen": "Aruanded > IV kvartal",
    "happened": "täna 10.15",
    "error_text": "Kirje on lukustatud",
    "browser": "Chrome 131",
    "user_role": "peakasutaja",
}


def group_named(code):
    """A group of the first data, also where a test that commits has emptied the tables."""
    if not TicketGroup.objects.exists():
        write_first_groups(partial(apps.get_model, "tickets"))
    return TicketGroup.objects.get(code=code)


class TicketFactory(DjangoModelFactory):
    """A draft to IT support that lacks nothing."""

    class Meta:
        model = Ticket

    responsible = factory.SubFactory(UserFactory, role="specialist")
    topic = factory.SubFactory(TopicFactory)
    group = factory.LazyFunction(lambda: group_named("IT"))
    summary = "KOTKAS: aruande ridu ei saa salvestada"
    description = "Klient parandab veearuande ridu, salvestamisel tuleb lukustuse teade."
    steps_tried = "Logis välja ja uuesti sisse, proovis teise brauseriga"
    facts = factory.LazyFunction(lambda: dict(IT_FACTS))
    may_contact = "yes"
    started_at = MONDAY_TEN
    state_since = moved_at = seen_at = factory.SelfAttribute("started_at")


def raised(*, at=MONDAY_TEN, **fields):
    """A ticket that tier II has."""
    ticket = TicketFactory(started_at=at, **fields)
    return actions.raise_ticket(ticket=ticket, version=1, by=ticket.responsible, at=at)


def resolved(*, at=MONDAY_TEN, solver=None, **fields):
    """Tier II has solved it, and the client does not know."""
    ticket = raised(at=at, **fields)
    return actions.resolve_ticket(
        ticket=ticket,
        solution="Lukustus on maha võetud, palun salvestada uuesti.",
        by=solver or solver_of(ticket.group),
        at=at + dt.timedelta(hours=1),
    )


def solver_of(group):
    """Somebody of a group who works here."""
    user = UserFactory(role="solver")
    group.members.add(user)
    return user
