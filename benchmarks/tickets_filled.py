"""The benchmark's tickets: who works on them, a drawn part made many, and those that Jira knows too."""

import datetime as dt
from random import Random

from django.db import connection
from django.utils import timezone

from accounts.models import RoleAssignment, User
from benchmarks.tickets_drawn import Drawer, Plan, plans
from benchmarks.tickets_multiplied import multiply_tickets
from tickets.choices import WorksIn
from tickets.models import JiraLink, JiraProject, JiraSite, Ticket, TicketGroup, TicketWatch
from tickets.states import ENDED, LinkState, TicketState

DRAWN = 20_000
SPECIALISTS, SOLVERS, WATCHES = 30, 24, 600
JIRA = "BENCH"  # the group, the Jira and whatever else stands for tier II there


def fill_tickets(count: int, linked: int, at: dt.datetime, rng: Random) -> None:
    """Make so many tickets with five times as many comments, and those in Jira besides."""
    group = _jira()
    groups = list(TicketGroup.objects.exclude(code=JIRA))
    drawer = Drawer(*_people([*groups, group]), at, rng)
    times = count // DRAWN if count > DRAWN and connection.vendor == "postgresql" else 1
    open_count = min(1_000 + count // 250, count // 4)
    drawer.write(plans(count // times, max(1, open_count // times), groups, at, rng))
    if times > 1:
        multiply_tickets(times)
        drawer = Drawer(drawer.specialists, drawer.solvers, at, rng)
    before = Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0]
    hour = dt.timedelta(hours=1)
    drawer.write(
        [
            Plan(at - hour * rng.uniform(2, 700), TicketState.IN_PROGRESS, group, rng.randrange(11))
            for _ in range(linked)
        ],
        LinkState.LINKED,
    )
    project = JiraProject.objects.get(group=group)
    made = Ticket.objects.filter(pk__gt=before).values_list("pk", flat=True)
    JiraLink.objects.bulk_create(JiraLink(ticket_id=pk, project=project) for pk in made)
    _watches(rng)


def _people(groups: list[TicketGroup]) -> tuple[list[int], dict[int, list[int]]]:
    """The demo's people and as many more as a real house has; the solvers are shared among the groups."""
    today = timezone.localdate()
    for role, number in (("specialist", SPECIALISTS), ("solver", SOLVERS)):
        for place in range(number):
            user, is_new = User.objects.get_or_create(
                username=f"bench-{role}-{place}",
                defaults={"first_name": role.title(), "last_name": f"Number {place}"},
            )
            if is_new:
                since = today - dt.timedelta(days=700)
                RoleAssignment.objects.create(user=user, role=role, starts_on=since)
    held = RoleAssignment.objects.held_on(today).order_by("user")
    by_role = {
        role: list(held.filter(role=role).values_list("user", flat=True))
        for role in ("specialist", "solver")
    }
    solvers = {
        group.pk: by_role["solver"][place :: len(groups)] for place, group in enumerate(groups)
    }
    for group in groups:
        group.members.set(solvers[group.pk])
    return by_role["specialist"], solvers


def _jira() -> TicketGroup:
    """A group that works in Jira, as IT support does once it is set up."""
    group, _ = TicketGroup.objects.get_or_create(
        code=JIRA,
        defaults={
            "name_et": "Arendus (Jira)",
            "name_en": "Development (Jira)",
            "name_ru": "Разработка (Jira)",
            "works_in": WorksIn.JIRA,
            "position": 9,
        },
    )
    site, _ = JiraSite.objects.get_or_create(
        code=JIRA.lower(),
        defaults={
            "address": "http://127.0.0.1:1",
            "edition": "data_center",
            "token": "test-token",
            "is_active": False,
        },
    )
    JiraProject.objects.get_or_create(group=group, defaults={"site": site, "project_key": "KLT"})
    return group


def _watches(rng: Random) -> None:
    keys = list(Ticket.objects.exclude(state__in=ENDED).values_list("pk", flat=True)[:10_000])
    people = list(User.objects.values_list("pk", flat=True))
    TicketWatch.objects.bulk_create(
        TicketWatch(ticket_id=key, user_id=rng.choice(people))
        for key in rng.sample(keys, min(WATCHES, len(keys)))
    )
