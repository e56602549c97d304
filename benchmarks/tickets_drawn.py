"""Tickets as they stand after two years of work, drawn row by row: most ended, a few open, each with its story."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from benchmarks.tickets_said import Said
from clients.models import Client
from common.models import NumberSeries
from knowledge.models import Topic
from tickets.choices import CommentKind, DeliveryChannel, MayContact, Urgency
from tickets.clocks import ClockName, ClockState
from tickets.models import (
    Delivery,
    KeptReading,
    Ticket,
    TicketComment,
    TicketDeskWords,
    TicketEvent,
    TicketGroup,
    TicketWords,
)
from tickets.states import ENDED, LinkState, TicketState

DAYS, DAYS_OPEN = 730, 30
BATCH, COMMENTS_EACH, MANY_COMMENTS = 2_000, 5, 200
OPEN = {
    TicketState.RAISED: 25, TicketState.IN_PROGRESS: 35, TicketState.NEEDS_INFO: 7,
    TicketState.WAITING_CLIENT: 10, TicketState.RESOLVED: 8, TicketState.REJECTED: 3,
    TicketState.TOLD: 10, TicketState.DRAFT: 2,
}  # fmt: skip
# How a ticket came to its state.
WAY = {
    TicketState.DRAFT: (),
    TicketState.RAISED: ("raise",),
    TicketState.IN_PROGRESS: ("raise", "begin"),
    TicketState.NEEDS_INFO: ("raise", "begin", "ask"),
    TicketState.WAITING_CLIENT: ("raise", "begin", "wait_for_client"),
    TicketState.REJECTED: ("raise", "send_back"),
    TicketState.RESOLVED: ("raise", "begin", "resolve"),
    TicketState.TOLD: ("raise", "begin", "resolve", "tell"),
    TicketState.CLOSED: ("raise", "begin", "resolve", "tell", "close"),
    TicketState.CANCELLED: ("raise", "cancel"),
}
DUE = {
    TicketState.RAISED: ClockName.REACTION,
    TicketState.IN_PROGRESS: ClockName.SOLUTION,
    TicketState.RESOLVED: ClockName.DELIVERY,
}
KINDS = ((CommentKind.INTERNAL, 4), (CommentKind.TIER2, 4), (CommentKind.CLIENT, 2))
CHANNELS = (DeliveryChannel.PHONE, DeliveryChannel.EMAIL)


@dataclass(frozen=True)
class Plan:
    """What a ticket is to be."""

    started_at: datetime
    state: TicketState
    group: TicketGroup
    comments: int


def plans(
    count: int, open_count: int, groups: Sequence[TicketGroup], at: datetime, rng: Random
) -> list[Plan]:
    """So many tickets in the order of time; one of the open ones has been talked about a lot."""
    states = rng.choices(list(OPEN), list(OPEN.values()), k=open_count)
    ended = rng.choices((TicketState.CLOSED, TicketState.CANCELLED), (96, 4), k=count - open_count)
    said = _numbers_of_comments(count - 1, count * COMMENTS_EACH - MANY_COMMENTS, rng)
    made = []
    for place, state in enumerate([TicketState.IN_PROGRESS, *states[1:], *ended]):
        days = DAYS if state in ENDED else DAYS_OPEN
        back = timedelta(days=days * rng.random() ** (1 if state in ENDED else 2), hours=1)
        made.append(
            Plan(at - back, state, rng.choice(groups), said[place - 1] if place else MANY_COMMENTS)
        )
    return sorted(made, key=lambda plan: plan.started_at)


def _numbers_of_comments(count: int, in_all: int, rng: Random) -> list[int]:
    drawn = [int(rng.expovariate(1 / COMMENTS_EACH) + 0.5) for _ in range(count)]
    while (lacking := in_all - sum(drawn)) != 0:
        step = 1 if lacking > 0 else -1
        for place in rng.sample(range(count), min(abs(lacking), count)):
            drawn[place] = max(0, drawn[place] + step)
    return drawn


class Drawer:
    """Turns plans into rows: tickets, what was said, events, deliveries, readings, words."""

    def __init__(
        self,
        specialists: Sequence[int],
        solvers: dict[int, Sequence[int]],
        at: datetime,
        rng: Random,
    ) -> None:
        self.specialists, self.solvers, self.at, self.rng = specialists, solvers, at, rng
        self.said = Said(rng)
        self.topics: dict[str, list[Topic]] = {}
        for topic in Topic.objects.exclude(tier2_group="").order_by("pk"):
            self.topics.setdefault(topic.tier2_group, []).append(topic)
        self.every_topic = list(itertools.chain(*self.topics.values())) or [None]
        self.clients = list(Client.objects.order_by("pk").values_list("pk", flat=True)[:20_000])
        self.numbers = dict(NumberSeries.objects.filter(series="KLT").values_list("year", "last"))

    def write(self, made: Sequence[Plan], link_state: LinkState = LinkState.NONE) -> None:
        source = iter(made)
        while batch := list(itertools.islice(source, BATCH)):
            with transaction.atomic():
                self._write(batch, link_state)
        for year, last in self.numbers.items():
            NumberSeries.objects.update_or_create(series="KLT", year=year, defaults={"last": last})

    def _write(self, batch: Sequence[Plan], link_state: LinkState) -> None:
        tickets = Ticket.objects.bulk_create(self._ticket(plan, link_state) for plan in batch)
        comments = [
            comment
            for ticket, plan in zip(tickets, batch, strict=True)
            for comment in self._comments(ticket, plan.comments)
        ]
        TicketComment.objects.bulk_create(comments)
        TicketEvent.objects.bulk_create(
            event for ticket in tickets for event in self._events(ticket)
        )
        TicketEvent.objects.bulk_create(
            TicketEvent(ticket_id=one.ticket_id, at=one.at, by_id=one.by_id, what="commented")
            for one in comments
        )
        Delivery.objects.bulk_create(self._delivery(one) for one in tickets if one.told_at)
        KeptReading.objects.bulk_create(
            reading for ticket in tickets if ticket.told_at for reading in _readings(ticket)
        )
        self._keep_words(tickets, comments)

    def _ticket(self, plan: Plan, link_state: LinkState) -> Ticket:
        rng, state, started = self.rng, plan.state, plan.started_at
        text = self.said.ticket(rng)
        steps = self._moments(started, len(WAY[state]), is_open=state not in ENDED)
        when = dict(zip(WAY[state], steps, strict=True))
        last = steps[-1] if steps else started
        moved = min(self.at, last + timedelta(hours=rng.random() * 20))
        seen = moved + timedelta(minutes=5) if rng.random() < 0.7 else last - timedelta(minutes=1)
        clock = DUE.get(state)
        due = self.at + timedelta(hours=rng.uniform(-72, 120)) if clock else None
        is_urgent = rng.random() < 0.1
        return Ticket(
            number=self._number(when["raise"]) if "raise" in when else "",
            client_id=rng.choice(self.clients) if self.clients and rng.random() < 0.95 else None,
            topic=rng.choice(self.topics.get(plan.group.code, self.every_topic)),
            group=plan.group,
            **text,
            urgency=Urgency.HIGH if is_urgent else Urgency.NORMAL,
            urgency_reason="Tähtaeg on homme." if is_urgent else "",
            may_contact=MayContact.YES,
            state=state,
            state_since=last,
            link_state=link_state,
            responsible_id=rng.choice(self.specialists),
            assignee_id=rng.choice(self.solvers[plan.group.pk]) if "begin" in when else None,
            started_at=started,
            raised_at=when.get("raise"),
            moved_at=moved,
            seen_at=seen,
            word_at=moved if "begin" in when and rng.random() < 0.8 else None,
            solution=self.said.solution(rng) if "resolve" in when else "",
            resolved_at=when.get("resolve"),
            told_at=when.get("tell"),
            closed_at=last if state in ENDED else None,
            due_at=due,
            due_clock=clock or "",
            look_at=due - timedelta(hours=2) if due else None,
        )

    def _moments(self, started: datetime, count: int, *, is_open: bool) -> list[datetime]:
        """When each step was made; an open ticket has had until now, an ended one took some days."""
        room = (self.at - started).total_seconds()
        room = room if is_open else min(room, 3600 * 24 * 9)
        drawn = sorted(self.rng.random() for _ in range(count))
        return [started + timedelta(seconds=60 + (room - 60) * share) for share in drawn]

    def _number(self, raised: datetime) -> str:
        self.numbers[raised.year] = self.numbers.get(raised.year, 0) + 1
        return f"KLT-{raised.year}-{self.numbers[raised.year]:06d}"

    def _comments(self, ticket: Ticket, count: int) -> Iterator[TicketComment]:
        rng = self.rng
        names, weights = zip(*KINDS, strict=True)
        end = ticket.closed_at or self.at
        for moment in sorted(rng.random() for _ in range(count)):
            kind = rng.choices(names, weights)[0]
            is_theirs = kind == CommentKind.TIER2 and rng.random() < 0.6
            by = ticket.assignee_id if is_theirs and ticket.assignee_id else ticket.responsible_id
            yield TicketComment(
                ticket=ticket,
                kind=kind,
                text=self.said.comment(rng),
                at=ticket.started_at + (end - ticket.started_at) * moment,
                by_id=by,
                is_incoming=is_theirs,
            )

    def _events(self, ticket: Ticket) -> Iterator[TicketEvent]:
        yield TicketEvent(
            ticket=ticket, at=ticket.started_at, by_id=ticket.responsible_id, what="opened"
        )
        way = WAY[TicketState(ticket.state)]
        known = {"raise": ticket.raised_at, "resolve": ticket.resolved_at, "tell": ticket.told_at}
        moment = ticket.started_at
        for what in way:
            last = ticket.state_since if what == way[-1] else moment + timedelta(minutes=1)
            moment = known.get(what) or last
            is_theirs = what in {"begin", "ask", "resolve", "send_back"}
            yield TicketEvent(
                ticket=ticket,
                at=moment,
                by_id=ticket.assignee_id if is_theirs else ticket.responsible_id,
                what=what,
                parameters={"group": ticket.group.code, "urgency": ticket.urgency}
                if what == "raise" and ticket.group
                else {},
            )

    def _delivery(self, ticket: Ticket) -> Delivery:
        return Delivery(
            ticket=ticket,
            channel=self.rng.choice(CHANNELS),
            at=ticket.told_at,
            text=self.said.solution(self.rng),
            by_id=ticket.responsible_id,
        )

    def _keep_words(self, tickets: Sequence[Ticket], comments: Sequence[TicketComment]) -> None:
        shared = {one.pk: self.said.words_of(one) for one in tickets}
        desk = {key: set(words) for key, words in shared.items()}
        for one in comments:
            words = self.said.words(one.text)
            desk[one.ticket_id] |= words
            if one.kind != CommentKind.INTERNAL:
                shared[one.ticket_id] |= words
        TicketWords.objects.bulk_create(
            TicketWords(ticket_id=key, words=words) for key, words in shared.items()
        )
        TicketDeskWords.objects.bulk_create(
            TicketDeskWords(ticket_id=key, words=words) for key, words in desk.items()
        )


def _readings(ticket: Ticket) -> Iterator[KeptReading]:
    ends = {
        ClockName.REACTION: ticket.resolved_at,
        ClockName.SOLUTION: ticket.resolved_at,
        ClockName.DELIVERY: ticket.told_at,
    }
    for clock, ended in ends.items():
        yield KeptReading(
            ticket=ticket,
            clock=clock,
            period=1,
            began_at=ticket.raised_at,
            ended_at=ended,
            state=ClockState.MET,
            used_seconds=7200,
            target_seconds=14400,
            due_at=ended,
            group=ticket.group.code if ticket.group else "",
            calendar="service",
        )
