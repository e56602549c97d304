"""Some forty tickets for the demo, in every state, with two solvers. Texts of nobody."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from accounts.models import RoleAssignment, User
from clients.models import Client
from common.clock import working_clock
from knowledge.models import Topic
from tickets import actions
from tickets.choices import CommentKind, DeliveryChannel, MayContact, Urgency
from tickets.demo_links import link_some
from tickets.demo_texts import ASKED, SOLUTIONS, TEXTS, TOLD, WORDS, Text
from tickets.models import Ticket, TicketGroup

# What becomes of a ticket: how far it goes, and how many working days ago it began.
STORIES: tuple[tuple[str, int], ...] = (
    ("raised", 0), ("raised", 0), ("raised", 1), ("raised", 2), ("raised", 5), ("raised", 8),
    ("taken", 0), ("taken", 1), ("taken", 2), ("taken", 3), ("taken", 6), ("word", 1), ("word", 4),
    ("asks", 0), ("asks", 1), ("asks", 3), ("back", 1), ("back", 2),
    ("waits", 1), ("waits", 3), ("waits", 6),
    ("resolved", 0), ("resolved", 1), ("resolved", 1), ("resolved", 2), ("resolved", 4),
    ("told", 1), ("told", 2), ("told", 5),
    ("closed", 3), ("closed", 4), ("closed", 6), ("closed", 9), ("closed", 12), ("closed", 20),
    ("reopened", 7), ("cancelled", 5), ("draft", 0), ("draft", 0), ("draft", 1),
)  # fmt: skip
SOLVERS = {"VALDKOND": 1, "LOAHALDUR": 0, "IT": 0}  # which of the demo's solvers is in which group
A_QUARTER = timedelta(minutes=15)


def create_tickets(*, at: datetime, rng: Random) -> list[Ticket]:
    """Make the tickets; again does no harm, since each has its key."""
    specialists, solvers = _holders("specialist", at), _holders("solver", at)
    if not specialists or not solvers or Ticket.objects.filter(key=UUID(int=1)).exists():
        return []
    groups = {group.code: group for group in TicketGroup.objects.all()}
    for code, group in groups.items():
        group.members.add(solvers[SOLVERS.get(code, 0) % len(solvers)])
    maker = _Maker(specialists, groups, at, rng)
    made = [maker.make(place, *story) for place, story in enumerate(STORIES)]
    link_some(made, at=at)
    return made


def _holders(role: str, at: datetime) -> list[User]:
    held = RoleAssignment.objects.held_on(timezone.localdate(at)).filter(role=role)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


class _Maker:
    """Brings tickets as far as their stories go, a step an hour, never beyond now."""

    def __init__(
        self,
        specialists: Sequence[User],
        groups: dict[str, TicketGroup],
        at: datetime,
        rng: Random,
    ) -> None:
        self.specialists, self.groups, self.at, self.rng = specialists, groups, at, rng
        self.clients = list(Client.objects.order_by("pk")[:200])
        self.topics: dict[str, list[Topic]] = {}
        for topic in Topic.objects.exclude(tier2_group="").order_by("pk"):
            self.topics.setdefault(topic.tier2_group, []).append(topic)
        self.solver = {code: group.members.first() for code, group in groups.items()}
        self.when = at

    def make(self, place: int, story: str, days: int) -> Ticket:
        text = TEXTS[place % len(TEXTS)]
        self.when = self._moment(days, place)
        ticket = self._draft(place, text)
        if story == "draft":
            return ticket
        ticket = actions.raise_ticket(
            ticket=ticket, version=ticket.version, by=ticket.responsible, at=self._later()
        )
        steps = getattr(self, f"_{story}")
        return steps(ticket) or ticket

    def _moment(self, days: int, place: int) -> datetime:
        day: date = working_clock().add_days(timezone.localdate(self.at), -days)
        morning = timezone.make_aware(datetime.combine(day, time(8, 30)))
        return min(morning + place % 9 * timedelta(minutes=25), self.at - 8 * A_QUARTER)

    def _later(self) -> datetime:
        self.when += A_QUARTER
        return self.when

    def _draft(self, place: int, text: Text) -> Ticket:
        by = self.specialists[place % len(self.specialists)]
        ticket = actions.open_ticket(key=UUID(int=place + 1), by=by, at=self.when)
        topics = self.topics.get(text.group, [None])
        is_urgent = place % 7 == 3
        typed = {
            "client": self.rng.choice(self.clients) if self.clients else None,
            "topic": self.rng.choice(topics),
            "group": self.groups[text.group],
            "summary": text.summary,
            "description": text.description,
            "steps_tried": text.steps,
            "facts": dict(text.facts),
            "urgency": Urgency.HIGH if is_urgent else Urgency.NORMAL,
            "urgency_reason": "Tähtaeg on homme." if is_urgent else "",
            "may_contact": MayContact.YES,
        }
        return actions.write_ticket(
            ticket=ticket, version=ticket.version, typed=typed, by=by, at=self.when
        )

    def _raised(self, ticket: Ticket) -> None:
        actions.see_ticket(ticket=ticket, by=ticket.responsible, at=self._later())

    def _taken(self, ticket: Ticket) -> Ticket:
        solver = self._solver_of(ticket)
        ticket = actions.assign_ticket(ticket=ticket, to=solver, by=solver, at=self._later())
        actions.comment_on_ticket(
            ticket=ticket,
            kind=CommentKind.INTERNAL,
            text="Klient ootab vastust telefoni teel, kõige parem on helistada enne lõunat.",
            by=ticket.responsible,
            at=self._later(),
        )
        for line in ticket.checklist.all()[: ticket.pk % 3]:
            actions.tick_line(line=line, by=solver, at=self.when)
        return ticket

    def _word(self, ticket: Ticket) -> Ticket:
        ticket = self._taken(ticket)
        text = WORDS[ticket.pk % len(WORDS)]
        return actions.give_word(
            ticket=ticket, text=text, by=self._solver_of(ticket), at=self._later()
        )

    def _asks(self, ticket: Ticket) -> Ticket:
        text = ASKED[ticket.pk % len(ASKED)]
        return actions.ask_about_ticket(
            ticket=ticket, text=text, by=self._solver_of(ticket), at=self._later()
        )

    def _back(self, ticket: Ticket) -> Ticket:
        return actions.send_ticket_back(
            ticket=ticket,
            reason="See ei ole meie rühma teema; palun saata edasi loahalduritele.",
            by=self._solver_of(ticket),
            at=self._later(),
        )

    def _waits(self, ticket: Ticket) -> Ticket:
        ticket = self._taken(ticket)
        return actions.ask_client(
            ticket=ticket,
            text="Palume saata ekraanipildi veateatest ja aja, millal viga tekkis.",
            by_mail=False,
            by=ticket.responsible,
            at=self._later(),
        )

    def _resolved(self, ticket: Ticket) -> Ticket:
        ticket = self._taken(ticket)
        text = SOLUTIONS[ticket.pk % len(SOLUTIONS)]
        return actions.resolve_ticket(
            ticket=ticket, solution=text, by=self._solver_of(ticket), at=self._later()
        )

    def _told(self, ticket: Ticket, *, closes: bool = False) -> Ticket:
        ticket = self._resolved(ticket)
        by = ticket.responsible
        actions.see_ticket(ticket=ticket, by=by, at=self._later())
        return actions.deliver_solution(
            ticket=ticket,
            version=ticket.version,
            channel=DeliveryChannel.PHONE,
            text=TOLD[ticket.pk % len(TOLD)],
            closes=closes,
            by=by,
            at=self._later(),
        )

    def _closed(self, ticket: Ticket) -> Ticket:
        return self._told(ticket, closes=True)

    def _reopened(self, ticket: Ticket) -> Ticket:
        return actions.hear_from_client(
            ticket=self._closed(ticket),
            text="Proovisin uuesti, aga sama teade tuleb ikka ette.",
            by=ticket.responsible,
            at=self._later(),
        )

    def _cancelled(self, ticket: Ticket) -> Ticket:
        return actions.cancel_ticket(
            ticket=ticket,
            version=ticket.version,
            reason="Klient sai ise hakkama.",
            by=ticket.responsible,
            at=self._later(),
        )

    def _solver_of(self, ticket: Ticket) -> User:
        solver = self.solver[ticket.group.code] if ticket.group else None
        if solver is None:
            raise LookupError(ticket)
        return solver
