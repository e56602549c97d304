"""Some of the demo's tickets belong together: a duplicate, a whole with two parts, one merged into another."""

from collections.abc import Sequence
from datetime import datetime

from tickets import actions
from tickets.choices import RelationKind
from tickets.models import Ticket
from tickets.states import TicketState


def link_some(tickets: Sequence[Ticket], *, at: datetime) -> None:
    """Among those that stand as they were raised, and one that tier II has solved."""
    raised = [one for one in tickets if one.state == TicketState.RAISED]
    solved = [one for one in tickets if one.state == TicketState.RESOLVED]
    first, second, third, fourth, fifth = raised[:5]
    actions.relate_tickets(
        ticket=first,
        other=second,
        kind=RelationKind.DUPLICATE,
        version=first.version,
        by=first.responsible,
        at=at,
    )
    for part in (second, third):
        part.refresh_from_db()
        actions.make_part_of(
            ticket=part, whole=solved[0], version=part.version, by=part.responsible, at=at
        )
    by = fourth.responsible
    fourth = actions.write_ticket(
        ticket=fourth, version=fourth.version, typed={"client": fifth.client}, by=by, at=at
    )
    actions.merge_tickets(
        ticket=fourth,
        into=fifth,
        version=fourth.version,
        reason="Klient pöördus sama murega kaks korda.",
        by=by,
        at=at,
    )
