"""Tickets for django-helpdesk: the same texts, and the same share of them open, as in our benchmark."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket, UserSettings

TEXTS = Path(__file__).resolve().parents[2] / "inquiries" / "seed" / "texts.jsonl"
BATCH, EACH, MANY, STAFF = 5_000, 5, 200, 24
PRIORITIES = (1, 2, 3, 3, 3, 4, 5)


def fill(count: int) -> None:
    rng, at = Random(7), timezone.now()
    texts = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    people = User.objects.bulk_create(
        User(username=f"staff-{place}", email=f"staff-{place}@desk.example", is_staff=True)
        for place in range(STAFF)
    )
    UserSettings.objects.bulk_create(UserSettings(user=user) for user in people)
    queues = [
        Queue.objects.create(title=name, slug=name.lower())
        for name in ("Loahaldur", "Valdkond", "IT", "Arendus")
    ]
    places = iter(range(count))
    while batch := list(itertools.islice(places, BATCH)):
        tickets = Ticket.objects.bulk_create(
            _ticket(place, count, rng.choice(texts), rng, at, people, queues) for place in batch
        )
        FollowUp.objects.bulk_create(
            one for ticket in tickets for one in _said(ticket, EACH, texts, rng, at, people)
        )
    long = Ticket.objects.filter(status=Ticket.OPEN_STATUS).order_by("pk").first()
    FollowUp.objects.bulk_create(_said(long, MANY - EACH, texts, rng, at, people))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _ticket(place, count, text, rng, at, people, queues) -> Ticket:
    is_open = place >= count - (1_000 + count // 250)
    created = at - dt.timedelta(
        days=730 * (1 - place / count) if not is_open else 30 * rng.random() ** 2
    )
    due = (
        at + dt.timedelta(hours=rng.uniform(-72, 120))
        if is_open
        else created + dt.timedelta(days=5)
    )
    return Ticket(
        title=text["question"][:200],
        queue=rng.choice(queues),
        created=created,
        modified=created,
        submitter_email=f"klient{rng.randrange(3_000)}@klient.example.ee",
        assigned_to=rng.choice(people),
        status=Ticket.OPEN_STATUS if is_open else Ticket.CLOSED_STATUS,
        description="\n".join(
            [text["question"], text.get("answer", ""), f"KL-{500_000 + rng.randrange(40_000)}"]
        ),
        resolution="" if is_open else text.get("answer", ""),
        priority=rng.choice(PRIORITIES),
        due_date=due,
        secret_key=f"{place:036d}",
    )


def _said(ticket, number, texts, rng, at, people) -> Iterator[FollowUp]:
    for place in range(number):
        yield FollowUp(
            ticket=ticket,
            date=ticket.created + (at - ticket.created) * min(1, 0.002 * place),
            title="Kommentaar",
            comment=rng.choice(texts)["question"],
            public=place % 2 == 0,
            user=rng.choice(people),
        )
